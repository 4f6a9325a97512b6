/**
 * What is looked up about a poll while somebody looks at it: fetched when it is opened, and again as answers come.
 */

import { call } from '../lib/http.js';
import { refusalSentence } from '../lib/refusals.js';

/** @typedef {import('/static/vendor/lit.js').ReactiveControllerHost} Host */

/** However fast answers come, the next look-up waits as long. */
const EVERY_MS = 2_000;

export class PollLookup {
  #host;

  #path = '';

  #stamp = '';

  #open = false;

  #underWay = false;

  #pausesUntil = 0;

  /** What came last. @type {any} */
  found = null;

  /** Why nothing came, as a sentence, or ''. */
  problem = '';

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    if (this.#open) this.#look();
  }

  /** @param {string} path @param {unknown} stamp whatever changes when the answer may have changed */
  follow(path, stamp) {
    if (this.#path === path && this.#stamp === String(stamp)) return;
    [this.#path, this.#stamp] = [path, String(stamp)];
    if (this.#open) this.#look();
  }

  /** @param {Event} event of the `<details>` that shows it */
  toggled({ currentTarget }) {
    this.#open = /** @type {HTMLDetailsElement} */ (currentTarget).open;
    if (this.#open) this.#look();
  }

  async #look() {
    if (this.#underWay) return;
    this.#underWay = true;
    await new Promise((resolve) => { setTimeout(resolve, this.#pausesUntil - performance.now()); });
    this.#pausesUntil = performance.now() + EVERY_MS;
    const asked = `${this.#path} ${this.#stamp}`;
    try {
      [this.found, this.problem] = [await call('GET', this.#path), ''];
    } catch (error) {
      const failed = /** @type {import('../lib/http.js').CallFailed} */ (error);
      [this.found, this.problem] = [null, refusalSentence(failed.code === 'unreachable' ? 'not_connected' : failed.code, failed.message)];
    }
    this.#underWay = false;
    this.#host.requestUpdate();
    if (this.#open && asked !== `${this.#path} ${this.#stamp}`) this.#look();
  }
}
