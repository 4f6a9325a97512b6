/**
 * `<participant-device>`: going on with another device, at the same place in the list.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import '/static/js/components/copied-link.js';
import { call, CallFailed } from '/static/js/lib/http.js';
import { _ } from '/static/js/lib/i18n.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

class ParticipantDevice extends LitElement {
  static properties = { url: { state: true }, refusal: { state: true }, asking: { state: true } };

  constructor() {
    super();
    this.url = '';
    this.refusal = '';
    this.asking = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <details class="quiet-part">
        <summary>${_('Go on with another device')}</summary>
        <div class="quiet-part-in">
          <p class="small">${_('Your place in the list belongs to you, not to this device.')}</p>
          ${this.url ? html`
            <copied-link url=${this.url}></copied-link>
            <p class="quiet small">${_('Open it on the other device within ten minutes. It is good once, and for you only.')}</p>` : nothing}
          <button class="wide" ?disabled=${this.asking} @click=${this.#ask}>${this.url ? _('Make another link') : _('Make a link')}</button>
          ${this.refusal ? html`<p class="wrong">${this.refusal}</p>` : nothing}
        </div>
      </details>`;
  }

  async #ask() {
    this.asking = true;
    this.refusal = '';
    try {
      this.url = (await call('POST', '/api/me/link', {})).url;
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      this.refusal = failed.code === 'unreachable' ? refusalSentence('not_connected') : refusalSentence(failed.code, failed.message);
    }
    this.asking = false;
  }
}

customElements.define('participant-device', ParticipantDevice);
