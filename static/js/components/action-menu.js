/**
 * `<action-menu>`: a list of actions that opens at a button; one serves a whole page.
 *
 * The browser's popover gives the top layer and closing by Escape or a tap beside it. Arrow keys,
 * Home and End move; the focus returns to the button.
 */

import { LitElement, html, nothing } from '/static/vendor/lit.js';
import { refusalSentence } from '../lib/refusals.js';
import { toast } from './toast.js';

/** @typedef {{label: string, run: () => unknown, whyNot?: string|null, danger?: boolean, current?: boolean, check?: boolean, more?: string, line?: boolean, lang?: string}} Item `line`: a rule stands before it; `current`: one of several, `check`: on or off; `more`: what stands below it; `lang`: of the label */

const GAP_PX = 4;
const EDGE_PX = 8;

export class ActionMenu extends LitElement {
  static properties = { items: { attribute: false }, label: { attribute: false } };

  /** @type {HTMLElement|null} */
  #opener = null;

  constructor() {
    super();
    /** @type {Item[]} */
    this.items = [];
    this.label = '';
  }

  createRenderRoot() {
    return this;
  }

  /** Whether it is open. */
  get open() {
    return Boolean(this.querySelector(':popover-open'));
  }

  /**
   * @param {HTMLElement} opener
   * @param {string} label
   * @param {Item[]} items
   */
  async openAt(opener, label, items) {
    this.#opener = opener;
    this.label = label;
    this.items = items;
    await this.updateComplete;
    const menu = this.#menu();
    menu.showPopover();
    this.#place(menu, opener.getBoundingClientRect());
    opener.setAttribute('aria-expanded', 'true');
    this.#buttons()[0]?.focus();
  }

  render() {
    return html`<div class="menu" popover="auto" role="menu" aria-label=${this.label} @toggle=${this.#toggled} @keydown=${this.#keydown}>
      ${this.items.map((item) => html`${item.line ? html`<hr>` : nothing}
        <button type="button" role=${roleOf(item)} tabindex="-1" class=${item.danger ? 'danger' : ''}
          aria-checked=${item.current ?? item.check ?? nothing}
          aria-disabled=${item.whyNot ? 'true' : nothing} @click=${() => this.#choose(item)}>
          <span lang=${item.lang ?? nothing}>${item.label}${item.whyNot || item.more ? html`<small>${item.more || refusalSentence(item.whyNot ?? '')}</small>` : nothing}</span>
        </button>`)}
    </div>`;
  }

  #menu() {
    return /** @type {HTMLElement} */ (this.querySelector('.menu'));
  }

  /** @returns {HTMLElement[]} */
  #buttons() {
    return [...this.querySelectorAll('button')];
  }

  /** @param {Item} item */
  #choose(item) {
    if (item.whyNot) return toast(item.more || refusalSentence(item.whyNot));
    this.#menu().hidePopover();
    return item.run();
  }

  /** @param {ToggleEvent} event */
  #toggled(event) {
    if (event.newState === 'open') return;
    this.#opener?.setAttribute('aria-expanded', 'false');
    if (this.contains(document.activeElement) || document.activeElement === document.body) this.#opener?.focus();
    this.dispatchEvent(new CustomEvent('closed'));
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    const buttons = this.#buttons();
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key === 'Tab') return this.#menu().hidePopover();
    if (!(event.key in steps)) return;
    event.preventDefault();
    const to = steps[/** @type {keyof typeof steps} */ (event.key)];
    buttons.at(to % buttons.length)?.focus();
  }

  /** Below the button or else beside it, towards the middle of the window, never under the finger that opened it, always inside the window. @param {HTMLElement} menu @param {DOMRect} at */
  #place(menu, at) {
    const { width, height } = menu.getBoundingClientRect();
    const leans = at.left + at.right < innerWidth;
    const below = at.bottom + GAP_PX + height + EDGE_PX <= innerHeight;
    const beside = leans ? at.right + GAP_PX : at.left - GAP_PX - width;
    const wantedX = below ? (leans ? at.left : at.right - width) : beside;
    const x = Math.max(EDGE_PX, Math.min(wantedX, innerWidth - width - EDGE_PX));
    const y = below ? at.bottom + GAP_PX : Math.max(EDGE_PX, innerHeight - height - EDGE_PX);
    menu.style.setProperty('--menu-x', `${x}px`);
    menu.style.setProperty('--menu-y', `${y}px`);
  }
}

/** @param {Item} item */
function roleOf({ current, check }) {
  if (check !== undefined) return 'menuitemcheckbox';
  return current === undefined ? 'menuitem' : 'menuitemradio';
}

customElements.define('action-menu', ActionMenu);
