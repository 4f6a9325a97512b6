/**
 * `<participant-withdraw>`: taking the own request back, asked once more before the place is lost.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { Sending } from '/static/js/components/sending.js';

class ParticipantWithdraw extends SessionElement {
  static properties = { ...SessionElement.properties, request: { attribute: false }, sure: { state: true } };

  #sending = new Sending(this);

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} */
    this.request = null;
    this.sure = false;
  }

  render() {
    if (!this.request) return nothing;
    if (!this.sure) return html`<button class="wide bare leave" @click=${() => this.#ask(true)}>${_('Withdraw')}</button>`;
    return html`
      <div class="card confirm" role="group" aria-label=${_('Withdraw')}>
        <p>${this.#sending.type ? _('Withdrawing … not yet saved') : _('Withdraw your request? You lose your place.')}</p>
        ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}
        <div class="pair">
          <button @click=${() => this.#ask(false)}>${_('Keep it')}</button>
          <button class="leave" ?disabled=${Boolean(this.#sending.type)} @click=${this.#withdraw}>${_('Withdraw')}</button>
        </div>
      </div>`;
  }

  /** @param {boolean} sure */
  async #ask(sure) {
    this.#sending.forget();
    this.sure = sure;
    await this.updateComplete;
    this.querySelector('button')?.focus();
  }

  #withdraw() {
    if (this.request) this.#sending.send(this.session, 'floor.withdraw', { request: this.request.id });
  }
}

customElements.define('participant-withdraw', ParticipantWithdraw);
