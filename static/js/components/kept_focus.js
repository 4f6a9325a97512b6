/**
 * Keeps the focus on the row that has it: moving a row drops the focus, and a row that goes leaves it to its place.
 */

/** @typedef {{id: string, index: number, part: string}} Focused `index`: the place from 0 */

export class KeptFocus {
  #list;

  /** @type {Focused|null} */
  #before = null;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /** The row that has the focus, or ''. */
  get id() {
    return this.#before?.id ?? '';
  }

  /** Before rendering: see which row has it. @param {(id: string) => number} placeOf counted from 1 */
  look(placeOf) {
    const active = document.activeElement;
    const entry = this.#list.contains(active) ? active?.closest('.entry') : null;
    const id = entry instanceof HTMLElement ? (entry.dataset.id ?? '') : '';
    this.#before = id ? { id, index: placeOf(id) - 1, part: active?.classList.contains('grip') ? '.grip' : '.more-actions' } : null;
  }

  /** After rendering: give it back to the row, or to who stands there now. @param {string[]} ids in their order */
  async restore(ids) {
    const before = this.#before;
    await Promise.resolve();
    if (!before || this.#list.contains(document.activeElement)) return;
    const id = ids.includes(before.id) ? before.id : ids[Math.min(before.index, ids.length - 1)];
    /** @type {HTMLElement|null} */ (this.#list.querySelector(`.entry[data-id="${CSS.escape(id ?? '')}"] ${before.part}`))?.focus();
  }
}
