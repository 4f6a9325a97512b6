/**
 * `<clipped-text>`: a text that may be long: its beginning, and the whole of it at a tap. A screen reader has all of it.
 */

import { LitElement, html, nothing } from '/static/vendor/lit.js';
import { bracketed } from '/static/js/components/bracketed_text.js';
import { _ } from '/static/js/lib/i18n.js';

/** Characters that are always shown in full. */
const SHORT = 420;

export class ClippedText extends LitElement {
  static properties = { text: {}, quoted: { type: Boolean }, brackets: { type: Boolean }, whole: { state: true } };

  constructor() {
    super();
    this.text = '';
    this.quoted = false;
    /** What stands in square brackets is not agreed, and can be told from the rest. */
    this.brackets = false;
    this.whole = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const long = this.text.length > SHORT;
    return html`<p class="text ${this.quoted ? 'quoted' : ''} ${long && !this.whole ? 'cut' : ''}" dir="auto">${this.brackets ? bracketed(this.text) : this.text}</p>
      ${long ? html`<button type="button" class="bare small" aria-expanded=${String(this.whole)} @click=${() => { this.whole = !this.whole; }}>
        ${this.whole ? _('Show less') : _('Read the whole text')}</button>` : nothing}`;
  }
}

customElements.define('clipped-text', ClippedText);
