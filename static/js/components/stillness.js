/**
 * Keeps an element still while somebody has a finger on it, drags in it, or has its menu open.
 */

/** A click comes after the pointer is up, and a finger that has just let go may tap again. */
const RELEASE_MS = 400;

export class Stillness {
  #element;

  #released;

  /** @type {Set<string>} */
  #reasons = new Set();

  #releasing = 0;

  #down = () => {
    clearTimeout(this.#releasing);
    this.hold('finger');
  };

  #up = () => {
    clearTimeout(this.#releasing);
    this.#releasing = setTimeout(() => this.release('finger'), RELEASE_MS);
  };

  /** @param {HTMLElement} element @param {() => void} released called when it may move again */
  constructor(element, released) {
    this.#element = element;
    this.#released = released;
  }

  get held() {
    return this.#reasons.size > 0;
  }

  watch() {
    this.#element.addEventListener('pointerdown', this.#down);
    // Captured, since dragging stops the event on its way; lost when the window is left.
    for (const name of ['pointerup', 'pointercancel', 'blur']) addEventListener(name, this.#up, true);
  }

  unwatch() {
    clearTimeout(this.#releasing);
    this.#reasons.clear();
    this.#element.removeEventListener('pointerdown', this.#down);
    for (const name of ['pointerup', 'pointercancel', 'blur']) removeEventListener(name, this.#up, true);
  }

  /** @param {string} reason */
  hold(reason) {
    this.#reasons.add(reason);
  }

  /** @param {string} reason */
  release(reason) {
    if (this.#reasons.delete(reason) && !this.held) this.#released();
  }
}
