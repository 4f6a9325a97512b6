/**
 * How fast commands may go out: below the server's bucket of 30 that refills with 10 a second, and not at all for a
 * while, longer each time, after the server has asked for patience.
 */

const BUCKET = 20;
const REFILL_PER_SECOND = 8;
const FIRST_HOLD_MS = 1_000;
const LONGEST_HOLD_MS = 30_000;

export class Pace {
  #tokens = BUCKET;

  #refilled = performance.now();

  #nextHold = FIRST_HOLD_MS;

  #heldUntil = 0;

  /** Milliseconds until another may go, once none was to be taken. */
  wait = 1_000 / REFILL_PER_SECOND;

  /** Say whether one may go now, and count it. */
  take() {
    const now = performance.now();
    this.#tokens = Math.min(BUCKET, this.#tokens + ((now - this.#refilled) / 1_000) * REFILL_PER_SECOND);
    this.#refilled = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds for which nothing is to go. */
  get held() {
    return this.#heldUntil - performance.now();
  }

  /** The server asks for patience; say whether it had not before. */
  hold() {
    if (this.held > 0) return false;
    this.#heldUntil = performance.now() + this.#nextHold;
    this.#nextHold = Math.min(this.#nextHold * 2, LONGEST_HOLD_MS);
    return true;
  }

  release() {
    this.#heldUntil = 0;
  }

  /** The server takes commands again. */
  answered() {
    this.#nextHold = FIRST_HOLD_MS;
  }
}
