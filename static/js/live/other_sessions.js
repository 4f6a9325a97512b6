/**
 * What the other sessions of the workshop recommend: to bring one here, and to see whether one that was brought has gone on there.
 */

import { call } from '../lib/http.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {Recommendation & {here: number|null}} There as it stands there; `here`: the version in which it was brought */
/** @typedef {{session: string, number: string, title: string, recommendations: There[]}} OtherSession */

export class OtherSessions extends EventTarget {
  #path;

  /** @type {OtherSession[]} */
  sessions = [];

  /** Whether the last look brought an answer; null before it. @type {boolean|null} */
  reached = null;

  /** @param {string} session the one that is shown */
  constructor(session) {
    super();
    this.#path = `/api/sessions/${encodeURIComponent(session)}/recommendations`;
  }

  async load() {
    try {
      this.sessions = await call('GET', this.#path);
      this.reached = true;
    } catch {
      this.reached = false;
    }
    this.dispatchEvent(new Event('changed'));
  }

  /** @param {string} id @returns {OtherSession|undefined} */
  session(id) {
    return this.sessions.find(({ session }) => session === id);
  }

  /**
   * Return a recommendation as it stands where it was brought from, if that is a later version than was brought.
   * @param {Recommendation} recommendation
   * @returns {There|null}
   */
  newer({ id, brought_from: source, brought_version: version }) {
    const there = this.session(source ?? '')?.recommendations.find((each) => each.id === id);
    return there && there.version > (version ?? there.version) ? there : null;
  }
}
