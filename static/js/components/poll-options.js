/**
 * `<poll-options>`: the answers that somebody offers in a poll of their own: a field each, more of them, fewer of them.
 */

import { html, LitElement, repeat } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { closeIcon, plusIcon } from './icons.js';

const LEAST = 2;
const MOST = 10;
const LONGEST = 100;

export class PollOptions extends LitElement {
  static properties = { rows: { state: true } };

  #next = LEAST;

  constructor() {
    super();
    /** The fields, by a number of their own, so that one that is taken away takes no other's text with it. */
    this.rows = [0, 1];
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<fieldset class="field own-options"><legend class="label">${_('Your answers')}</legend>
      <ol>${repeat(this.rows, (row) => row, (row, index) => html`<li>
        <input type="text" name="option" dir="auto" maxlength=${LONGEST} aria-label=${_('Answer {n}', { n: index + 1 })}>
        <button type="button" class="icon" aria-label=${_('Take out answer {n}', { n: index + 1 })} ?disabled=${this.rows.length <= LEAST} @click=${() => this.#takeOut(row)}>${closeIcon}</button></li>`)}</ol>
      <button type="button" ?disabled=${this.rows.length >= MOST} @click=${this.#add}>${plusIcon}${_('Another answer')}</button>
    </fieldset>`;
  }

  async #add() {
    this.rows = [...this.rows, this.#next];
    this.#next += 1;
    await this.updateComplete;
    [...this.querySelectorAll('input')].at(-1)?.focus();
  }

  /** @param {number} row */
  async #takeOut(row) {
    const at = this.rows.indexOf(row);
    this.rows = this.rows.filter((each) => each !== row);
    await this.updateComplete;
    this.querySelectorAll('input')[Math.max(0, at - 1)]?.focus();
  }
}

customElements.define('poll-options', PollOptions);
