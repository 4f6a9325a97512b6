/**
 * How fast commands may go out: below the server's bucket of 30 that refills with 10 a second.
 */

const BUCKET = 20;
const REFILL_PER_SECOND = 8;

export class Pace {
  #tokens = BUCKET;

  #refilled = performance.now();

  /** Milliseconds until another may go. */
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
}
