/**
 * Searches while somebody types: one question at a time, after a pause, and the last one always.
 */

import { call, CallFailed } from '../lib/http.js';

/** @typedef {import('../lib/wire_search.js').Found} Found */
/** @typedef {{typed: string, count: number, results: Found[], failed: CallFailed|null}} Answer what was asked for, and what came of it */

const PAUSE_MS = 200;

export class Searching extends EventTarget {
  #path;

  #wanted = '';

  #asking = false;

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #pause;

  /** @type {Answer|null} */
  answer = null;

  /** @param {string} session */
  constructor(session) {
    super();
    this.#path = `/api/sessions/${encodeURIComponent(session)}/search`;
  }

  /** Whether what was typed last has not been answered yet. */
  get busy() {
    return this.#wanted !== (this.answer?.typed ?? '');
  }

  /** @param {string} typed @param {{now?: boolean}} [how] */
  ask(typed, { now = false } = {}) {
    clearTimeout(this.#pause);
    this.#wanted = typed.trim();
    if (!this.#wanted) {
      this.answer = null;
      this.#changed();
    } else {
      this.#pause = setTimeout(() => this.#askNext(), now ? 0 : PAUSE_MS);
    }
  }

  async #askNext() {
    if (this.#asking || !this.#wanted) return;
    this.#asking = true;
    const typed = this.#wanted;
    const answer = await this.#answered(typed);
    this.#asking = false;
    if (this.#wanted === typed) {
      this.answer = answer;
      this.#changed();
    } else {
      this.#askNext();
    }
  }

  /** @param {string} typed @returns {Promise<Answer>} */
  async #answered(typed) {
    try {
      const { count, results } = await call('GET', `${this.#path}?q=${encodeURIComponent(typed)}`);
      return { typed, count, results, failed: null };
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      return { typed, count: 0, results: [], failed };
    }
  }

  #changed() {
    this.dispatchEvent(new Event('changed'));
  }
}
