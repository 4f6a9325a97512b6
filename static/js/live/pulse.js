/**
 * Whether the road still answers. A connection can fall silent without being closed, and the library notices only once the
 * server's pings are overdue. So when nothing has come for a while something is asked, and if still nothing comes, the road
 * is silent. The slower the road has been, the longer it is waited for.
 */

const QUIET_MS = 4_000;
const SHORTEST_PATIENCE_MS = 4_000;
const LONGEST_PATIENCE_MS = 10_000;
/** How many times as long as lately an answer may take. */
const SLOWER = 3;
const TRIPS_KEPT = 5;
/** A timer that is later than this tells of a device that slept or was busy, and heard nothing for that reason. */
const LATE_MS = 1_000;

/**
 * @typedef {object} Road
 * @property {() => Promise<unknown>} ask resolves with what was answered, or null
 * @property {() => void} silent called once; `start` begins anew
 * @property {() => boolean} hidden nobody looks at the page: nothing is asked
 * @property {() => number} now milliseconds that never go back
 */

export class Pulse {
  #road;

  #heard = 0;

  /** @type {number[]} milliseconds from question to answer, the last few */
  #trips = [];

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {Road} road */
  constructor(road) {
    this.#road = road;
  }

  start() {
    this.heard();
    this.#listen();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Something came. */
  heard() {
    this.#heard = this.#road.now();
  }

  /** An answer came to what was asked at `sent`. @param {number} sent */
  answered(sent) {
    this.#trips = [...this.#trips, this.#road.now() - sent].slice(-TRIPS_KEPT);
  }

  /** Ask now: somebody looks at the page again. */
  look() {
    if (this.#timer !== undefined) this.#ask();
  }

  #listen() {
    this.#at(this.#heard + QUIET_MS, () => {
      if (this.#road.hidden()) this.heard();
      if (this.#road.now() - this.#heard < QUIET_MS) this.#listen();
      else this.#ask();
    });
  }

  #ask() {
    const sent = this.#road.now();
    this.#road.ask().then((answer) => answer && this.answered(sent));
    const patience = Math.min(Math.max(SHORTEST_PATIENCE_MS, SLOWER * Math.max(0, ...this.#trips)), LONGEST_PATIENCE_MS);
    this.#at(sent + patience, () => {
      if (this.#heard > sent) return this.#listen();
      this.stop();
      this.#road.silent();
    });
  }

  /** @param {number} due @param {() => void} act */
  #at(due, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#road.now() - due > LATE_MS ? this.start() : act()), due - this.#road.now());
  }
}
