/**
 * Who is connected, as the server signals it to staff. Transient: never in the map, never recorded.
 */

export class Presence {
  /** @type {Map<string, boolean>} */
  #people = new Map();

  /** @param {{people: Record<string, boolean>, full?: true}} data of a signal `presence` */
  heard({ people, full }) {
    if (full) this.#people.clear();
    for (const [person, connected] of Object.entries(people)) this.#people.set(person, connected);
  }

  /**
   * Return whether `person` is connected, or null for one who was never seen.
   * @param {string} person
   */
  isConnected(person) {
    return this.#people.get(person) ?? null;
  }

  /** How many are connected. */
  get count() {
    let count = 0;
    for (const connected of this.#people.values()) count += Number(connected);
    return count;
  }
}
