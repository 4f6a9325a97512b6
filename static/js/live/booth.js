/**
 * What the interpreters of a session signal: transient, kept by this screen for as long as it is open.
 */

import { urgent, withCall } from '../lib/booth_calls.js';

/** @typedef {import('../lib/booth_calls.js').Call} Call */
/** @typedef {import('./live_session.js').LiveSession} LiveSession */

/** Fires `changed`. */
export class Booth extends EventTarget {
  #session;

  /** @type {Call[]} newest first */
  calls = [];

  /** Those that the reader has put away. @type {WeakSet<Call>} */
  #seen = new WeakSet();

  /** @param {LiveSession} session */
  constructor(session) {
    super();
    this.#session = session;
    session.addEventListener('signal', (event) => {
      const { type, data } = /** @type {CustomEvent} */ (event).detail;
      if (type !== 'booth') return;
      this.calls = withCall(this.calls, { kind: data.kind, language: data.language ?? null, at: session.now() });
      this.dispatchEvent(new Event('changed'));
    });
  }

  /** Those that stand before everything else now. */
  urgent() {
    return urgent(this.calls, this.#session.now()).filter((call) => !this.#seen.has(call));
  }

  /** @param {Call} call */
  putAway(call) {
    this.#seen.add(call);
    this.dispatchEvent(new Event('changed'));
  }
}

/** @type {WeakMap<LiveSession, Booth>} */
const booths = new WeakMap();

/** @param {LiveSession} session */
export function boothOf(session) {
  const booth = booths.get(session) ?? new Booth(session);
  booths.set(session, booth);
  return booth;
}
