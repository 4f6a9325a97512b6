/**
 * Who else is writing where: known from what arrives, and forgotten a few seconds later.
 */

/** @typedef {import('../lib/wire_documents.js').Note} Note */

const SHOWN_MS = 4_000;

export class Writers {
  #live;

  #changed;

  /** By note, then by person: until when it is shown. @type {Map<string, Map<string, number>>} */
  #until = new Map();

  /** @param {import('./live_session.js').LiveSession} live @param {() => void} changed */
  constructor(live, changed) {
    this.#live = live;
    this.#changed = changed;
    live.addEventListener('patch', (event) => {
      for (const [key, note] of Object.entries(/** @type {CustomEvent} */ (event).detail.set ?? {})) if (key.startsWith('note/')) this.#heard(note);
    });
  }

  /** @param {string} note @returns {string[]} people */
  of(note) {
    return [...(this.#until.get(note)?.keys() ?? [])];
  }

  /** @param {Note} note */
  #heard({ id, updates, written_by: by, written_at: at }) {
    const left = SHOWN_MS - (this.#live.now() - Date.parse(at));
    if (!updates || !by || by === this.#live.get('me/person')?.id || left <= 0) return;
    const until = performance.now() + left;
    this.#until.set(id, (this.#until.get(id) ?? new Map()).set(by, until));
    setTimeout(() => this.#forget(id, by, until), left);
  }

  /** @param {string} note @param {string} person @param {number} until */
  #forget(note, person, until) {
    const people = this.#until.get(note);
    if (people?.get(person) !== until) return;
    people.delete(person);
    this.#changed();
  }
}
