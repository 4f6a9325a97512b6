/**
 * When a page comes back: at the library's usual pace, or at the moment that a server has told it before it ended.
 */

/** @typedef {import('/static/vendor/socket.io-client.js').Manager} Manager */

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 5_000;
const SPREAD = 0.5;

/** What the library is told to begin with. */
export const USUAL_PACE = { reconnectionDelay: FIRST_DELAY_MS, reconnectionDelayMax: LONGEST_DELAY_MS, randomizationFactor: SPREAD };

export class Comeback {
  #manager;

  /** @type {number|null} */
  #told = null;

  /** @param {Manager} manager */
  constructor(manager) {
    this.#manager = manager;
    // One attempt at the moment that was told; if the server is not back by then, at the usual pace.
    manager.on('reconnect_attempt', () => this.atUsualPace());
  }

  /** Come back after `seconds`: the server has given each a moment of their own. @param {number} seconds */
  waitFor(seconds) {
    this.#told = seconds * 1_000;
    this.#manager.reconnectionDelay(this.#told).reconnectionDelayMax(Math.max(this.#told, LONGEST_DELAY_MS)).randomizationFactor(0);
  }

  /** Forget what was told. */
  atUsualPace() {
    if (this.#told === null) return;
    this.#told = null;
    this.#manager.reconnectionDelay(FIRST_DELAY_MS).reconnectionDelayMax(LONGEST_DELAY_MS).randomizationFactor(SPREAD);
  }

  /** Return in how many milliseconds to try where the library does not by itself; what was told is used up by that. */
  momentMs() {
    const moment = this.#told ?? soonMs();
    this.atUsualPace();
    return moment;
  }
}

/** A moment, not the same for all. */
export function soonMs() {
  return FIRST_DELAY_MS * (1 + Math.random());
}

/** Any moment of the longest delay, for where there was no room: so that those who were turned away come one after the other. */
export function laterMs() {
  return LONGEST_DELAY_MS * Math.random();
}
