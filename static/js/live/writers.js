/**
 * Who is writing where: known from what arrives, and forgotten a few seconds later.
 */

const SHOWN_MS = 4_000;

export class Writers {
  #changed;

  /** By note, then by person: until when it is shown. @type {Map<string, Map<string, number>>} */
  #until = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} note @param {string} person @param {number} agoMs when it was written */
  heard(note, person, agoMs) {
    const left = SHOWN_MS - Math.max(0, agoMs);
    if (left <= 0) return;
    const people = this.#until.get(note) ?? new Map();
    this.#until.set(note, people.set(person, performance.now() + left));
    setTimeout(() => this.#forget(note), left);
  }

  /** @param {string} note @returns {string[]} the people who write there, whoever began last first */
  of(note) {
    return [...(this.#until.get(note)?.keys() ?? [])];
  }

  /** @param {string} note */
  #forget(note) {
    const people = this.#until.get(note);
    for (const [person, until] of people ?? []) if (until <= performance.now()) people?.delete(person);
    if (!people?.size) this.#until.delete(note);
    this.#changed();
  }
}
