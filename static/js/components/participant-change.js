/**
 * `<participant-change>`: changing kind or topic of the own request without losing the place.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-fields.js';
import { nameOf } from '/static/js/components/who.js';
import { _ } from '/static/js/lib/i18n.js';
import { Sending } from '/static/js/components/sending.js';

/** @typedef {import('/static/js/components/participant-fields.js').ParticipantFields} Fields */

class ParticipantChange extends SessionElement {
  static properties = { ...SessionElement.properties, request: { attribute: false }, open: { state: true } };

  #sending = new Sending(this);

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} */
    this.request = null;
    this.open = false;
  }

  render() {
    if (!this.request) return nothing;
    if (!this.open) return html`<button class="wide" @click=${this.#begin}>${_('Change topic or kind')}</button>`;
    const { kind, topic, on_behalf_of, language} = this.request;
    const draft = { kind, topic: topic ?? '', on_behalf_of: on_behalf_of ?? '', language: language ?? '' };
    return html`
      <form class="card change" novalidate @submit=${this.#submit}>
        <participant-fields .draft=${draft} .asker=${this.get('me/person')?.role ?? ''} .speaking=${this.#spoken(this.get('floor')?.intervention)} name="change-kind"></participant-fields>
        ${this.#sending.type ? html`<p class="quiet small">${_('Not yet saved …')}</p>` : nothing}
        ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}
        <div class="pair">
          <button class="act" type="submit" ?disabled=${Boolean(this.#sending.type)}>${_('Save the change')}</button>
          <button type="button" @click=${this.#end}>${_('Leave as it was')}</button>
        </div>
      </form>`;
  }

  async #begin() {
    this.open = true;
    await this.updateComplete;
    const fields = /** @type {Fields} */ (this.querySelector('participant-fields'));
    fields.replies = this.#spoken(this.request?.reply_to);
    /** @type {HTMLElement|null} */ (this.querySelector('[data-part=topic]'))?.focus();
  }

  /** @param {string|null|undefined} id of an intervention */
  #spoken(id) {
    const person = id && this.get(`intervention/${id}`)?.person;
    if (!id || person === this.request?.person) return null;
    return { id, name: person ? nameOf(this.get(`person/${person}`)) : _('an earlier speaker') };
  }

  async #end() {
    this.#sending.forget();
    this.open = false;
    await this.updateComplete;
    this.querySelector('button')?.focus();
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    if (!this.request) return;
    const { cleared } = /** @type {Fields} */ (this.querySelector('participant-fields'));
    if (await this.#sending.send(this.session, 'floor.change', { request: this.request.id, ...cleared })) this.#end();
  }
}

customElements.define('participant-change', ParticipantChange);
