/**
 * Every intervention of the session: those on the map, and by HTTP those that have left it.
 */

import { call } from '../lib/http.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('./live_session.js').LiveSession} LiveSession */

const AGAIN_MS = 5_000;

export class PastInterventions extends EventTarget {
  #live;

  #path;

  /** @type {Map<string, Intervention>} */
  #past = new Map();

  /** Who spoke, as far as the map no longer has them. @type {Map<string, Person>} */
  #people = new Map();

  /** @param {LiveSession} live @param {string} session */
  constructor(live, session) {
    super();
    this.#live = live;
    this.#path = `/api/sessions/${encodeURIComponent(session)}/history`;
    live.subscribe((keys) => {
      if ([...keys].some((key) => !live.get(key))) this.load();
    }, 'intervention/');
  }

  /** @returns {Intervention[]} in the order of their beginning */
  all() {
    const all = new Map([...this.#past, ...this.#live.values('intervention/').map((each) => /** @type {[string, Intervention]} */ ([each.id, each]))]);
    return [...all.values()].sort((a, b) => (a.started_at < b.started_at ? -1 : 1));
  }

  /** @param {string} id @returns {Person|undefined} */
  person(id) {
    return this.#live.get(`person/${id}`) ?? this.#people.get(id);
  }

  async load() {
    try {
      const { interventions } = await call('GET', this.#path);
      this.#past = new Map(interventions.map((/** @type {any} */ each) => [each.id, { ...each, person: each.person.id }]));
      this.#people = new Map(interventions.map((/** @type {any} */ { person }) => [person.id, person]));
      this.dispatchEvent(new Event('changed'));
    } catch {
      setTimeout(() => this.load(), AGAIN_MS);
    }
  }
}
