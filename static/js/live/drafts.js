/**
 * What was written and the outbox does not have, since it is not complete yet or was refused; kept beside the tab, so that a
 * reload loses nothing.
 */

/**
 * `add`: what the note is made with, where there is none yet. `problem`: the sentence that refused it. `over`: the shared
 * text that it was refused over, as a Yjs update in base64. `title`, `addressees` and the `amendment` taken in are a
 * recommendation's.
 * @typedef {{text: string, add?: Record<string, unknown>, problem?: string, over?: string, title?: string, addressees?: string[], amendment?: string}} Draft
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
