/**
 * Commands of one person in one session that must arrive, however long it takes.
 *
 * Each is stored before it is sent, sent in order, and sent again with the same id after every
 * reconnect until the server has acknowledged it; ids make the repetition harmless.
 */

import { continued, follows, mayGo, overtaken, withVersionAfter } from './outbox_rules.js';
import { MemoryStore } from './outbox_store.js';
import { Pace } from './pace.js';

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {import('./outbox_store.js').OutboxStore} OutboxStore */
/**
 * What an earlier page left counts as tried: it may have been sent. `key` is null until it is stored.
 * @typedef {{key: number|null, command: Command, sent: boolean, tries: number, resolve: ((answer: Answer) => void)|null}} Entry
 */

/** At most 16 may be unanswered per client; four are left for what is sent without the outbox. */
const UNANSWERED = 12;
/** A command that ends the connection each time it is sent must not do so for ever. */
const MOST_TRIES = 25;

const SENT_AGAIN = new Set(['rate_limited', 'not_recorded']);

export class Outbox {
  /** @type {OutboxStore} */
  #store;

  #owner;

  #send;

  #tell;

  #inOne;

  /** @type {Entry[]} */
  #entries = [];

  #open = false;

  #pace = new Pace();

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {OutboxStore} store
   * @param {string} owner person and session, so that nobody sends what somebody else wrote
   * @param {(command: Command) => Promise<Answer|null>} send null when it is not known whether it arrived
   * @param {{changed: () => void, refused: (command: Command, answer: Answer, awaited: boolean) => void}} tell
   * @param {import('./outbox_rules.js').InOne} [inOne] for pages where notes are typed
   */
  constructor(store, owner, send, tell, inOne = () => null) {
    this.#store = store;
    this.#owner = owner;
    this.#send = send;
    this.#tell = tell;
    this.#inOne = inOne;
  }

  get count() {
    return this.#entries.length;
  }

  /** What is not yet acknowledged, oldest first. */
  get commands() {
    return this.#entries.map(({ command }) => command);
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
    this.#entries.unshift(...earlier.map(({ key, command }) => ({ key, command, sent: false, tries: 1, resolve: null })));
    this.#changed();
  }

  /** Keep `newest` until it is acknowledged; resolves with the server's answer. @param {Command} newest @returns {Promise<Answer>} */
  async add(newest) {
    const before = overtaken(newest, this.#entries);
    const command = continued(newest, before, this.#inOne);
    return new Promise((resolve) => {
      // It takes its place at once: what it follows may be answered while it is stored.
      const entry = { key: null, command: command ?? newest, sent: false, tries: 0, resolve };
      this.#entries.push(entry);
      this.#tell.changed();
      this.#keep(entry, command ? before : []);
    });
  }

  /** @param {Entry} entry @param {Entry[]} before what it makes needless, unless that is sent meanwhile */
  async #keep(entry, before) {
    const { command } = entry;
    entry.key = await this.#store.add(this.#owner, command).catch(() => {
      this.#store = new MemoryStore(); // Full, or taken away: what is kept from now on does not outlive the page.
      return this.#store.add(this.#owner, command);
    });
    if (entry.command !== command) this.#replace(entry);
    const needless = before.filter((each) => !each.tries && this.#entries.includes(each));
    const resolves = [...needless, entry].map(({ resolve }) => resolve);
    entry.resolve = (answer) => resolves.forEach((resolve) => resolve?.(answer));
    for (const each of needless) this.#forget(each);
    this.#changed();
  }

  /** @param {Entry} entry */
  #replace({ key, command }) {
    if (key !== null) this.#store.replace({ key, owner: this.#owner, command }).catch(() => {});
  }

  /** The connection stands: send everything, from the first. */
  resume() {
    this.#open = true;
    this.#pace.release();
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
    if (this.#pace.held > 0) return this.#pumpIn(this.#pace.held);
    for (const [index, entry] of this.#entries.entries()) {
      if (entry.sent || entry.key === null || !mayGo(entry.command, this.commands.slice(0, index))) continue;
      if (this.#entries.filter((each) => each.sent).length >= UNANSWERED) return;
      if (!this.#pace.take()) return this.#pumpIn(this.#pace.wait);
      this.#deliver(entry);
    }
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
    if (this.#pace.hold()) this.#pump();
  }

  /** @param {number} milliseconds */
  #pumpIn(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), milliseconds);
  }

  /** Whoever waits hears of it in the moment in which it is no longer unsaved. @param {Entry} entry @param {Answer} answer */
  #done(entry, answer) {
    this.#pace.answered();
    for (const later of this.#entries.filter((each) => follows(each.command, entry.command))) {
      later.command = withVersionAfter(entry.command, answer, later.command);
      this.#replace(later);
    }
    this.#forget(entry);
    entry.resolve?.(answer);
  }

  /** @param {Entry} entry @param {Answer} answer */
  #drop(entry, answer) {
    this.#forget(entry);
    this.#tell.refused(entry.command, answer, entry.resolve !== null);
    entry.resolve?.(answer);
  }

  /** @param {Entry} entry */
  #forget(entry) {
    this.#entries = this.#entries.filter((each) => each !== entry);
    if (entry.key !== null) this.#store.remove(entry.key).catch(() => {});
    this.#changed();
  }
}
