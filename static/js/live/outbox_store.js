/**
 * Where unsent commands lie: IndexedDB, so that they outlive the tab; memory where a browser has none.
 */

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {{key: number, owner: string, command: Command}} Kept */
/** @typedef {{durable: boolean, all: (owner: string) => Promise<Kept[]>, add: (owner: string, command: Command) => Promise<number>, replace: (kept: Kept) => Promise<void>, remove: (key: number) => Promise<void>}} OutboxStore */

const DATABASE = 'companion';
const VERSION = 1;
const STORE = 'outbox';
const BY_OWNER = 'owner';

/** @returns {Promise<OutboxStore>} the best store that this browser has */
export async function openOutboxStore() {
  try {
    return new DatabaseStore(await openDatabase());
  } catch {
    return new MemoryStore();
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  const opening = indexedDB.open(DATABASE, VERSION);
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore(STORE, { keyPath: 'key', autoIncrement: true });
    store.createIndex(BY_OWNER, BY_OWNER);
  };
  return answerOf(opening);
}

class DatabaseStore {
  durable = true;

  #db;

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.#db = db;
  }

  /** @param {string} owner @returns {Promise<Kept[]>} oldest first */
  all(owner) {
    return answerOf(this.#store('readonly').index(BY_OWNER).getAll(owner));
  }

  /** @param {string} owner @param {Command} command */
  async add(owner, command) {
    const store = this.#store('readwrite', 'strict');
    const adding = store.add({ owner, command });
    store.transaction.commit(); // Without waiting for this page, which may be about to go.
    return Number(await answerOf(adding));
  }

  /** @param {Kept} kept what stands under its key from now on */
  async replace(kept) {
    await answerOf(this.#store('readwrite', 'strict').put(kept));
  }

  /** @param {number} key @returns {Promise<void>} */
  remove(key) {
    return answerOf(this.#store('readwrite').delete(key));
  }

  /** @param {IDBTransactionMode} mode @param {IDBTransactionDurability} [durability] */
  #store(mode, durability = 'default') {
    return this.#db.transaction(STORE, mode, { durability }).objectStore(STORE);
  }
}

export class MemoryStore {
  durable = false;

  /** @type {Kept[]} */
  #kept = [];

  #last = 0;

  /** @param {string} owner */
  async all(owner) {
    return this.#kept.filter((kept) => kept.owner === owner);
  }

  /** @param {string} owner @param {Command} command */
  async add(owner, command) {
    this.#last += 1;
    this.#kept.push({ key: this.#last, owner, command });
    return this.#last;
  }

  /** @param {Kept} kept */
  async replace(kept) {
    this.#kept = this.#kept.map((each) => (each.key === kept.key ? kept : each));
  }

  /** @param {number} key */
  async remove(key) {
    this.#kept = this.#kept.filter((kept) => kept.key !== key);
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
