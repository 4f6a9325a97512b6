/**
 * The stakeholder groups of the meeting that a join code leads to: they are known only after the code.
 */
import { call, CallFailed } from '/static/js/lib/http.js';
import { inReadersLanguage } from '/static/js/lib/names.js';

/** @typedef {import('/static/js/lib/wire.js').Group} Group */

export class JoinGroups {
  #field;

  #select;

  /** The code that was looked up last, also while it still is. */
  #code = '';

  /** @type {Map<string, string>} codes that lead nowhere, and how that was said */
  #wrong = new Map();

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#field = /** @type {HTMLElement} */ (form.querySelector('#group-field'));
    this.#select = /** @type {HTMLSelectElement} */ (form.elements.namedItem('group'));
  }

  /**
   * Return why `code` leads nowhere, if that was found out before: each wrong one is heard once, for few are in a minute.
   * @param {string} code
   */
  whyWrong(code) {
    return this.#wrong.get(code) ?? '';
  }

  /**
   * Offer the groups of the meeting with `code`, and return why there is none, or ''. Without an answer joining goes on
   * without groups.
   * @param {string} code
   */
  async look(code) {
    if (code === this.#code) return this.whyWrong(code);
    this.#code = code;
    this.#offer([]);
    if (this.#wrong.has(code)) return this.whyWrong(code);
    try {
      const { groups } = await call('POST', '/api/join/groups', { code });
      if (code === this.#code) this.#offer(groups);
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      if (failed.code === 'wrong_code') this.#wrong.set(code, failed.message);
      else this.#code = '';
    }
    return this.whyWrong(code);
  }

  /** @param {Group[]} groups */
  #offer(groups) {
    this.#field.hidden = !groups.length;
    const [none] = this.#select.options;
    this.#select.replaceChildren(none, ...groups.map(({ id, name }) => new Option(inReadersLanguage(name), id)));
  }
}
