/**
 * Gathers what is typed for a moment, so that not every key is a message.
 */

const GATHERED_MS = 150;

export class Gathering {
  #hand;

  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #timers = new Map();

  /** @param {(id: string) => void} hand */
  constructor(hand) {
    this.#hand = hand;
  }

  /** Something was typed into `id`. @param {string} id */
  typed(id) {
    if (!this.#timers.has(id)) this.#timers.set(id, setTimeout(() => this.end(id), GATHERED_MS));
  }

  /** Hand over what was typed into `id` now. @param {string} id */
  end(id) {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#hand(id);
  }
}
