/**
 * What was typed and has not been handed to the outbox, kept beside the tab so that a reload loses nothing.
 */

/**
 * `base`: the version that the text was typed over. `add`: what the note is made with, where there is none yet.
 * `problem`: why it is not sent: `stale`, or a sentence of refusal. `handed`: the text that the outbox has. `title`,
 * `addressees` and the `amendment` taken in are a recommendation's.
 * @typedef {{text: string, base: number, add?: Record<string, unknown>, problem?: string, handed?: string, title?: string, addressees?: string[], amendment?: string}} Draft
 */

export class Drafts {
  #place;

  #storage;

  /** @type {Map<string, Draft>} */
  #drafts;

  /** @param {string} owner @param {Storage|null} [storage] */
  constructor(owner, storage = sessionStorageOrNone()) {
    this.#place = `companion:drafts:${owner}`;
    this.#storage = storage;
    this.#drafts = new Map(Object.entries(this.#read()));
  }

  /** @param {string} id */
  get(id) {
    return this.#drafts.get(id);
  }

  all() {
    return [...this.#drafts];
  }

  /** @param {string} id @param {Draft} draft */
  set(id, draft) {
    this.#drafts.set(id, draft);
    this.#write();
  }

  /** @param {string} id */
  delete(id) {
    if (this.#drafts.delete(id)) this.#write();
  }

  /** @returns {Record<string, Draft>} */
  #read() {
    try {
      return JSON.parse(this.#storage?.getItem(this.#place) ?? '{}');
    } catch {
      return {};
    }
  }

  #write() {
    try {
      this.#storage?.setItem(this.#place, JSON.stringify(Object.fromEntries(this.#drafts)));
    } catch {
      // Full, or not allowed: then only what the outbox has outlives the page.
    }
  }
}

function sessionStorageOrNone() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
