/**
 * How a screen stands with the server: live, or not; a gap that closes soon is nobody's business.
 */

/** @typedef {'connecting'|'live'|'reconnecting'|'signed_out'|'moved'} State */

const PATIENCE_MS = 4_000;

export class Standing {
  /** @type {State} */
  state = 'connecting';

  /** Why the state is `signed_out` or `moved`, in a sentence. */
  reason = '';

  /** Whether the server's disk is full: nothing is saved until there is room. */
  readOnly = false;

  #changed;

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #patience;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  live() {
    this.#endPatience();
    this.#become('live');
  }

  /** @param {boolean} silent whether it has been noticed by silence, which took its time */
  lost(silent) {
    this.readOnly = false; // If it still is, that is told after the next joining.
    this.#patience ??= setTimeout(() => this.#become('reconnecting'), silent ? 0 : PATIENCE_MS);
  }

  /** @param {boolean} readOnly */
  becomeReadOnly(readOnly) {
    if (this.readOnly === readOnly) return;
    this.readOnly = readOnly;
    this.#changed();
  }

  /** @param {'signed_out'|'moved'} state @param {string} reason */
  ended(state, reason) {
    this.#endPatience();
    this.reason = reason;
    this.#become(state);
  }

  #endPatience() {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  /** @param {State} state */
  #become(state) {
    if (['signed_out', 'moved'].includes(this.state) && state === 'reconnecting') return;
    if (this.state === state) return;
    this.state = state;
    this.#changed();
  }
}
