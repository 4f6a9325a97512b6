/**
 * One session as a screen sees it: the map, the server's time, and a way to send commands.
 *
 * Dispatches `state`, `unsaved`, `refused` (a kept command that was turned down: `detail: {command, answer, awaited}`), and,
 * before the map has it, each `patch` and `snapshot`.
 */

import { refusalSentence } from '../lib/refusals.js';
import { Connection } from './connection.js';
import { Presence } from './presence.js';
import { Sender } from './sender.js';
import { ServerClock } from './server_clock.js';
import { SessionMap } from './session_map.js';
import { Standing } from './standing.js';

/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {import('./connection.js').Joined} Joined */

export class LiveSession extends EventTarget {
  #map = new SessionMap();

  presence = new Presence();

  #connection;

  #clock;

  #sender;

  #session;

  #standing = new Standing(() => this.#tell('state'));

  /** What the reader was when the page came. */
  #role = document.body.dataset.role;

  /** @param {{session: string, person?: string, inOne?: import('./outbox_rules.js').InOne}} options `person` keeps the outboxes of a shared device apart */
  constructor({ session, person = document.body.dataset.person ?? '', inOne }) {
    super();
    this.#session = session;
    this.#connection = new Connection(session, {
      joined: (joined, sent) => this.#joined(joined, sent),
      patched: (patch) => this.#patched(patch),
      signalled: (type, data) => this.#signalled(type, data),
      lost: (silent) => this.#lost(silent),
      refused: (code, message) => this.#refused(code, message),
    });
    const noAnswer = () => { throw new Error('no answer from the clock'); };
    this.#clock = new ServerClock(async () => (await this.#connection.ask('clock', {}))?.server_ms ?? noAnswer());
    this.#sender = new Sender(`${person}:${session}`, this.#connection, {
      changed: () => this.#tell('unsaved'),
      refused: (command, answer, awaited) => this.#tell('refused', { command, answer, awaited }),
    }, inOne);
  }

  async start() {
    await this.#sender.load();
    this.#connection.open();
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#clock.slept() && this.#connection.joined) this.#clock.start();
    });
  }

  /** @param {string} key @returns {any} */
  get(key) {
    return this.#map.get(key);
  }

  /** @param {string} prefix @returns {readonly any[]} */
  values(prefix) {
    return this.#map.values(prefix);
  }

  /**
   * Call `subscriber(changed keys)` once per patch that touches a key, or a prefix that ends in a
   * slash; `presence` is one too. Returns what ends it.
   * @param {(changed: Set<string>) => void} subscriber
   * @param {string[]} prefixes
   */
  subscribe(subscriber, ...prefixes) {
    return this.#map.subscribe(subscriber, ...prefixes);
  }

  /**
   * Send a command; a refusal comes with a sentence in `message`.
   * @param {string} type
   * @param {Record<string, unknown>} [data]
   * @param {{expect?: Record<string, unknown>, kept?: boolean}} [options]
   * @returns {Promise<Answer>}
   */
  send(type, data = {}, options = {}) {
    return this.#sender.send(type, data, options);
  }

  /**
   * Return null if this person may send `type` now, else the code that says why not.
   * @param {string} type
   * @returns {string|null}
   */
  whyNot(type) {
    const may = this.#map.get(`may/${this.#map.get('me/person')?.role}`)?.[type];
    if (may === true) return null;
    return may ?? 'not_allowed';
  }

  /** Have everything sent anew, as a `snapshot`. */
  refresh() {
    this.#connection.refresh();
  }

  /** The server's time in milliseconds. */
  now() {
    return this.#clock.now();
  }

  get id() {
    return this.#session;
  }

  /** What the reader is now, where that is otherwise than when the page came; else ''. */
  get newRole() {
    const role = this.get('me/person')?.role ?? '';
    // A session that is final keeps what everybody was.
    return role === this.#role || this.get('session')?.status === 'finalised' ? '' : role;
  }

  get state() {
    return this.#standing.state;
  }

  /** Why the state is `signed_out` or `moved`, in a sentence. */
  get reason() {
    return this.#standing.reason;
  }

  /** Whether nothing can be saved now, for want of room on the server's disk. */
  get readOnly() {
    return this.#standing.readOnly;
  }

  /** The commands that are not yet acknowledged, oldest first. */
  get pending() {
    return this.#sender.pending;
  }

  get unsaved() {
    return this.pending.length;
  }

  /** Whether what is unsaved outlives the page. */
  get durable() {
    return this.#sender.durable;
  }

  /** @param {Joined} joined @param {number} sent */
  #joined(joined, sent) {
    this.#clock.heard(joined.server_ms, sent);
    this.#clock.start();
    if (joined.snapshot) this.#tell('snapshot', joined.snapshot);
    for (const patch of joined.patches ?? []) this.#tell('patch', patch);
    if (joined.snapshot) this.#map.replace(joined.snapshot);
    else this.#map.apply(...(joined.patches ?? []));
    this.#standing.live();
    this.#sender.resume();
  }

  /** @param {import('../lib/wire.js').Patch} patch */
  #patched(patch) {
    this.#tell('patch', patch);
    this.#map.apply(patch);
  }

  /** @param {string} type @param {any} data */
  #signalled(type, data) {
    if (type === 'presence') {
      this.presence.heard(data);
      this.#map.notify(new Set(['presence']));
    }
    if (type === 'read_only') this.#standing.becomeReadOnly(data.read_only);
    this.#tell('signal', { type, data });
  }

  #lost(silent = false) {
    this.#sender.pause();
    this.#clock.stop();
    this.#standing.lost(silent);
  }

  /** @param {string} code @param {string} [message] */
  #refused(code, message) {
    this.#sender.pause();
    this.#clock.stop();
    this.#standing.ended(code === 'too_many_connections' ? 'moved' : 'signed_out', refusalSentence(code, message));
  }

  /** @param {string} name @param {object} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
