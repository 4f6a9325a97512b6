/**
 * Commands of one person in one session that must arrive, however long it takes.
 *
 * Each is stored before it is sent, sent in order, and sent again with the same id after every
 * reconnect until the server has acknowledged it; ids make the repetition harmless.
 */

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {import('./outbox_store.js').OutboxStore} OutboxStore */
/** @typedef {{key: number, command: Command, sent: boolean, tries: number, resolve: ((answer: Answer) => void)|null}} Entry */

/** At most 16 may be unanswered per client; four are left for what is sent without the outbox. */
const UNANSWERED = 12;
/** Below the server's bucket of 30 that refills with 10 a second. */
const BUCKET = 20;
const REFILL_PER_SECOND = 8;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A command that ends the connection each time it is sent must not do so for ever. */
const MOST_TRIES = 25;

const SENT_AGAIN = new Set(['rate_limited', 'not_recorded']);

export class Outbox {
  #store;

  #owner;

  #send;

  #tell;

  /** @type {Entry[]} */
  #entries = [];

  #open = false;

  #tokens = BUCKET;

  #refilled = performance.now();

  #wait = FIRST_WAIT_MS;

  /** Not to send before this moment, since the server asked for patience. */
  #heldUntil = 0;

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {OutboxStore} store
   * @param {string} owner person and session, so that nobody sends what somebody else wrote
   * @param {(command: Command) => Promise<Answer|null>} send null when it is not known whether it arrived
   * @param {{changed: () => void, refused: (command: Command, answer: Answer, awaited: boolean) => void}} tell
   */
  constructor(store, owner, send, tell) {
    this.#store = store;
    this.#owner = owner;
    this.#send = send;
    this.#tell = tell;
  }

  /** How many are not yet acknowledged. */
  get count() {
    return this.#entries.length;
  }

  /** Whether what is kept outlives the page. */
  get durable() {
    return this.#store.durable;
  }

  /** Take up what an earlier page left behind. */
  async load() {
    const kept = await this.#store.all(this.#owner);
    const known = new Set(this.#entries.map((entry) => entry.key));
    const earlier = kept.filter(({ key }) => !known.has(key));
    this.#entries.unshift(...earlier.map(({ key, command }) => ({ key, command, sent: false, tries: 0, resolve: null })));
    this.#changed();
  }

  /**
   * Keep `command` until it is acknowledged; resolves with the server's answer.
   * @param {Command} command
   * @returns {Promise<Answer>}
   */
  async add(command) {
    const key = await this.#store.add(this.#owner, command);
    return new Promise((resolve) => {
      const earlier = this.#overtaken(command);
      const settle = (/** @type {Answer} */ answer) => [...earlier.map((each) => each.resolve), resolve].forEach((each) => each?.(answer));
      this.#entries.push({ key, command, sent: false, tries: 0, resolve: settle });
      for (const each of earlier) this.#forget(each);
      this.#changed();
    });
  }

  /** The connection stands: send everything, from the first. */
  resume() {
    this.#open = true;
    this.#heldUntil = 0;
    for (const entry of this.#entries) entry.sent = false;
    this.#pump();
  }

  /** The connection is gone. */
  pause() {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  #changed() {
    this.#tell.changed();
    this.#pump();
  }

  #pump() {
    if (!this.#open) return;
    const held = this.#heldUntil - performance.now();
    if (held > 0) return this.#pumpIn(held);
    for (const entry of this.#entries) {
      if (entry.sent) continue;
      if (this.#entries.filter((each) => each.sent).length >= UNANSWERED) return;
      if (!this.#takeToken()) return this.#pumpIn(1_000 / REFILL_PER_SECOND);
      this.#deliver(entry);
    }
  }

  /** Return the answers to the poll of `command` that are not under way: of those only the newest is sent. @param {Command} command */
  #overtaken({ type, data }) {
    if (type !== 'poll.vote') return [];
    return this.#entries.filter(({ command: each, sent }) => !sent && each.type === type && each.data.poll === data.poll);
  }

  /** @param {Entry} entry */
  async #deliver(entry) {
    entry.sent = true;
    entry.tries += 1;
    const answer = await this.#send(entry.command);
    if (!this.#entries.includes(entry)) return;
    if (answer?.ok) return this.#done(entry, answer);
    if (answer && !SENT_AGAIN.has(answer.code ?? '')) return this.#drop(entry, answer);
    entry.sent = false;
    if (entry.tries >= MOST_TRIES && !answer) return this.#drop(entry, { ok: false, code: 'unexpected' });
    this.#backOff(entry);
  }

  /** @param {Entry} refused from which on everything is sent again, so that the order is kept */
  #backOff(refused) {
    for (const entry of this.#entries.slice(this.#entries.indexOf(refused))) entry.sent = false;
    if (this.#heldUntil > performance.now()) return;
    this.#heldUntil = performance.now() + this.#wait;
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#pump();
  }

  /** @param {number} milliseconds */
  #pumpIn(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), milliseconds);
  }

  /** @param {Entry} entry @param {Answer} answer */
  async #done(entry, answer) {
    this.#wait = FIRST_WAIT_MS;
    await this.#forget(entry);
    entry.resolve?.(answer);
  }

  /** @param {Entry} entry @param {Answer} answer */
  async #drop(entry, answer) {
    await this.#forget(entry);
    this.#tell.refused(entry.command, answer, entry.resolve !== null);
    entry.resolve?.(answer);
  }

  /** @param {Entry} entry */
  async #forget(entry) {
    this.#entries = this.#entries.filter((each) => each !== entry);
    await this.#store.remove(entry.key).catch(() => {});
    this.#changed();
  }

  #takeToken() {
    const now = performance.now();
    this.#tokens = Math.min(BUCKET, this.#tokens + ((now - this.#refilled) / 1_000) * REFILL_PER_SECOND);
    this.#refilled = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
