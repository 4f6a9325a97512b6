/**
 * The server's time on this device, whatever its own clock says.
 *
 * The offset is that of the fastest round trip of the last minutes, against `performance.now()`,
 * which no one can set. That clock may stand still while a device sleeps, so a jump between it and
 * the wall clock throws the samples away.
 */

const BURST = 5;
const BURST_PAUSE_MS = 150;
const REFRESH_MS = 30_000;
const SAMPLE_LIFE_MS = 300_000;
const SLEEP_MS = 1_000;

/** @typedef {{offset: number, trip: number, at: number}} Sample */
/** @typedef {{monotonic: () => number, wall: () => number}} Watches */

/** @type {Watches} */
const DEVICE = { monotonic: () => performance.now(), wall: () => Date.now() };

export class ServerClock {
  /** @type {() => Promise<number>} */
  #ask;

  /** @type {Watches} */
  #watches;

  /** @type {Sample[]} */
  #samples = [];

  /** @type {number|null} */
  #offset = null;

  #gap;

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {() => Promise<number>} ask answers with the server's milliseconds, or rejects
   * @param {Watches} [watches]
   */
  constructor(ask, watches = DEVICE) {
    this.#ask = ask;
    this.#watches = watches;
    this.#gap = watches.wall() - watches.monotonic();
  }

  /** The server's time in milliseconds; the device's own until the server has been heard. */
  now() {
    return this.#offset === null ? this.#watches.wall() : this.#watches.monotonic() + this.#offset;
  }

  /** Measure now and from time to time, until `stop`. */
  async start() {
    this.stop();
    const running = {};
    this.#running = running;
    for (let round = 0; round < BURST && this.#running === running; round += 1) {
      await this.measure().catch(() => {});
      await pause(BURST_PAUSE_MS);
    }
    if (this.#running !== running) return;
    this.#timer = setInterval(() => this.measure().catch(() => {}), REFRESH_MS);
  }

  /** @type {object|null} */
  #running = null;

  stop() {
    this.#running = null;
    clearInterval(this.#timer);
  }

  /** Take one sample. */
  async measure() {
    const sent = this.#watches.monotonic();
    const server = await this.#ask();
    this.heard(server, sent);
  }

  /**
   * Take in that the server said `server` in answer to what was sent at `sent`.
   * @param {number} server
   * @param {number} sent on the monotonic clock
   */
  heard(server, sent) {
    const at = this.#watches.monotonic();
    if (this.slept()) this.#samples = [];
    this.#samples = this.#samples.filter((sample) => at - sample.at < SAMPLE_LIFE_MS);
    this.#samples.push({ offset: server - (sent + at) / 2, trip: at - sent, at });
    this.#offset = this.#samples.reduce((best, each) => (each.trip < best.trip ? each : best)).offset;
  }

  /** Whether the device has slept, or its wall clock was set, since this was last asked. */
  slept() {
    const gap = this.#watches.wall() - this.#watches.monotonic();
    const jumped = Math.abs(gap - this.#gap) > SLEEP_MS;
    this.#gap = gap;
    return jumped;
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
