/**
 * Waits until somebody who types makes a pause; an input method that is composing is never interrupted.
 */

const PAUSE_MS = 400;
/** Somebody who never pauses is saved at this pace. */
const LONGEST_MS = 2_000;

export class TypingPause {
  #paused;

  /** @type {Map<string, {timer: ReturnType<typeof setTimeout>, since: number}>} */
  #timers = new Map();

  /** @type {Set<string>} */
  #composing = new Set();

  /** @param {(id: string) => void} paused */
  constructor(paused) {
    this.#paused = paused;
  }

  /** @param {string} id */
  typed(id) {
    const since = this.#timers.get(id)?.since ?? performance.now();
    clearTimeout(this.#timers.get(id)?.timer);
    const wait = Math.max(0, Math.min(PAUSE_MS, since + LONGEST_MS - performance.now()));
    this.#timers.set(id, { since, timer: setTimeout(() => this.#over(id), wait) });
  }

  /** @param {string} id @param {boolean} on */
  composing(id, on) {
    if (on) this.#composing.add(id);
    else this.#composing.delete(id);
  }

  /** @param {string} id */
  forget(id) {
    clearTimeout(this.#timers.get(id)?.timer);
    this.#timers.delete(id);
  }

  /** Everything that waits, now. */
  end() {
    for (const id of [...this.#timers.keys()]) this.#over(id, true);
  }

  /** @param {string} id @param {boolean} [last] */
  #over(id, last = false) {
    this.forget(id);
    if (this.#composing.has(id) && !last) setTimeout(() => this.typed(id), PAUSE_MS);
    else this.#paused(id);
  }
}
