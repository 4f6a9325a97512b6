/**
 * `<copied-link url>`: a link to read, to select and, where the browser allows it, to copy.
 */
import { html, LitElement } from '/static/vendor/lit.js';
import { _ } from '/static/js/lib/i18n.js';

class CopiedLink extends LitElement {
  static properties = { url: {}, said: { state: true } };

  constructor() {
    super();
    this.url = '';
    this.said = '';
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('url')) this.said = '';
  }

  render() {
    return html`
      <div class="copied-link">
        <input readonly dir="ltr" aria-label=${_('Link')} .value=${this.url} @focus=${this.#select}>
        <button type="button" @click=${this.#copy}>${_('Copy')}</button>
      </div>
      <p class="quiet small" role="status">${this.said}</p>`;
  }

  #select() {
    /** @type {HTMLInputElement} */ (this.querySelector('input')).select();
  }

  async #copy() {
    this.#select();
    try {
      await navigator.clipboard.writeText(this.url);
      this.said = _('Copied.');
    } catch {
      // Without HTTPS the browser offers no clipboard.
      this.said = _('Copying is not available here. The link is selected: copy it by hand.');
    }
  }
}

customElements.define('copied-link', CopiedLink);
