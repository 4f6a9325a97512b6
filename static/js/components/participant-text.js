/**
 * `<participant-text>`: the text of what one wants to say: for the interpreters beforehand, or handed in instead of speaking.
 *
 * What is being written is kept on this device until it has been handed in.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { fitToText } from '/static/js/components/fitting.js';
import { Sending } from '/static/js/components/sending.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { recallText, rememberText } from '/static/js/lib/remembered.js';

const MOST_CHARACTERS = 20_000;

class ParticipantText extends SessionElement {
  static properties = {
    ...SessionElement.properties, request: { attribute: false }, instead: { type: Boolean }, open: { state: true }, missing: { state: true },
  };

  #sending = new Sending(this);

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} the own one */
    this.request = null;
    /** Handed in instead of speaking. */
    this.instead = false;
    this.open = false;
    /** There is nothing to hand in. */
    this.missing = false;
  }

  render() {
    if (!this.request) return nothing;
    const unsaved = Boolean(this.#sending.type) || this.#waitsToBeSent();
    if (!this.open) {
      return html`<button class="wide" ?disabled=${unsaved} @click=${this.#begin}>${this.#opening(this.request.has_text)}</button>
        ${unsaved ? html`<p class="quiet small">${_('Not yet saved …')}</p>` : nothing}`;
    }
    const id = this.instead ? 'text-instead' : 'text-ahead';
    return html`
      <form class="card change" novalidate @submit=${this.#submit}>
        <label class="field" for=${id}><span class="label">${_('The text of your statement')}</span></label>
        <p class="hint" id="${id}-hint">${this.#meaning()}</p>
        <textarea id=${id} dir="auto" rows="6" maxlength=${MOST_CHARACTERS} aria-describedby="${id}-hint ${id}-wrong" aria-invalid=${this.missing ? 'true' : nothing} @input=${this.#typed}></textarea>
        <p class="wrong" id="${id}-wrong">${this.missing ? _('Please write the text, or paste it here.') : this.#sending.refusal}</p>
        ${unsaved ? html`<p class="quiet small">${_('Not yet saved. It is sent by itself as soon as the connection allows, also after loading this page again.')}</p>` : nothing}
        <div class="pair">
          <button class="act" type="submit" ?disabled=${unsaved}>${this.instead ? _('Hand in, and leave the list') : _('Send it')}</button>
          <button type="button" @click=${this.#end}>${_('Not now')}</button>
        </div>
        ${this.request.has_text && !this.instead ? html`<button type="button" class="wide bare" ?disabled=${unsaved} @click=${() => this.#send(null)}>${_('Take the text back')}</button>` : nothing}
      </form>`;
  }

  /** @param {boolean} sent */
  #opening(sent) {
    if (this.instead) return _('Hand in a written statement instead');
    return sent ? html`✓ ${_('The interpreters have your text: change it')}` : _('Give the interpreters your text');
  }

  #meaning() {
    return this.instead
      ? _('It stands in the record as handed in and not delivered. You give up your place on the list.')
      : _('Interpreters, the moderator and those who keep the list can read it. What counts is what you say.');
  }

  #waitsToBeSent() {
    const { request } = this;
    return this.session.pending.some(({ type, data }) => data.request === request?.id
      && (this.instead ? type === 'floor.written' : type === 'floor.change' && 'text' in data));
  }

  #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  async #begin() {
    this.open = true;
    await this.updateComplete;
    const field = this.#field();
    field.value = recallText(this.request?.id ?? '') ?? this.request?.text ?? '';
    fitToText(field);
    field.focus();
  }

  async #end() {
    this.#sending.forget();
    this.open = this.missing = false;
    await this.updateComplete;
    this.querySelector('button')?.focus();
  }

  #typed() {
    this.missing = false;
    rememberText(this.request?.id ?? '', this.#field().value);
    fitToText(this.#field());
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const text = this.#field().value.trim();
    this.missing = !text;
    if (text) this.#send(text);
    else this.#field().focus();
  }

  /** @param {string|null} text */
  async #send(text) {
    const request = this.request?.id ?? '';
    const [type, options] = this.instead ? ['floor.written', { kept: true }] : ['floor.change', {}];
    if (!await this.#sending.send(this.session, type, { request, text }, options)) return;
    rememberText(request, null);
    if (this.isConnected) this.#end();
  }
}

customElements.define('participant-text', ParticipantText);
