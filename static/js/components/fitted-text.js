/**
 * `<fitted-text>`: a text as large as its place allows; where it is too long for that, its beginning, and a line that says so.
 */

import { LitElement, html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { bracketed } from './bracketed_text.js';

/** In the display's own unit; the last one is the smallest that is read from fifteen metres. */
const SIZES = [4.4, 3.9, 3.4, 3, 2.6, 2.3, 2.1];

export class FittedText extends LitElement {
  static properties = { text: {}, quoted: { type: Boolean }, brackets: { type: Boolean }, cut: { state: true } };

  #watch = new ResizeObserver(() => this.#fit());

  constructor() {
    super();
    this.text = '';
    this.quoted = false;
    /** What stands in square brackets is not agreed, and can be told from the rest. */
    this.brackets = false;
    /** Only the beginning is shown. */
    this.cut = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  render() {
    return html`<div class="place"><p class="fitted ${this.quoted ? 'quoted' : ''}" dir="auto">${this.brackets ? bracketed(this.text) : this.text}</p></div>
      ${this.cut ? html`<p class="goes-on">${_('The text goes on: read all of it on your phone.')}</p>` : nothing}`;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has('text') || changed.has('cut')) this.#fit();
  }

  #fit() {
    const place = /** @type {HTMLElement|null} */ (this.querySelector('.place'));
    const text = /** @type {HTMLElement|null} */ (this.querySelector('.fitted'));
    if (!place || !text || !place.clientHeight) return;
    text.classList.remove('cut');
    const size = SIZES.find((each) => {
      text.style.setProperty('--size', String(each));
      return text.offsetHeight <= this.clientHeight;
    });
    this.cut = size === undefined;
    if (!this.cut) return;
    const line = parseFloat(getComputedStyle(text).lineHeight);
    text.style.setProperty('--lines', String(Math.max(1, Math.floor(place.clientHeight / line))));
    text.classList.add('cut');
  }
}

customElements.define('fitted-text', FittedText);
