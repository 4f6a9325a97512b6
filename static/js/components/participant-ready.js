/**
 * `<participant-ready>`: *Get ready*, two ahead.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-withdraw.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { ownLimit } from '/static/js/lib/limit_words.js';
import { kindName } from '/static/js/lib/names.js';
import { absenceWords } from '/static/js/lib/participant_words.js';
import { Sending } from '/static/js/components/sending.js';

class ParticipantReady extends SessionElement {
  static properties = { ...SessionElement.properties, moment: { attribute: false } };

  static keys = ['me/person'];

  #sending = new Sending(this);

  constructor() {
    super();
    /** @type {import('/static/js/lib/participant_moment.js').Moment|null} */
    this.moment = null;
  }

  render() {
    if (!this.moment?.request) return nothing;
    const { request, ahead, place } = this.moment;
    return html`
      ${place ? html`<participant-offers .session=${this.session} .request=${request} .place=${place}></participant-offers>` : nothing}
      ${request.absences ? html`<p class="notice now">${absenceWords()}</p>` : nothing}
      <section class="card state get ${request.ready ? 'is-ready' : ''}">
        <p class="label">${ahead > 1 ? ngettext('{n} before you', '{n} before you', ahead) : _('You are next')}${request.list === 'reply' ? ` · ${kindName(request.kind)}` : nothing}</p>
        <h2>${request.ready ? _('You are ready') : _('Get ready')}</h2>
        <p>${this.#advice()}</p>
        <p class="small">${ownLimit(request.limit_seconds)}</p>
        ${request.ready ? html`<p class="small">${_('The moderator sees that you are ready.')}</p>` : nothing}
      </section>
      ${this.#buttons(this.moment)}
      ${this.#sending.type ? html`<p class="quiet small">${_('Not yet saved …')}</p>` : nothing}
      ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}
      <participant-text .session=${this.session} .request=${request}></participant-text>
      <participant-text instead .session=${this.session} .request=${request}></participant-text>
      <participant-withdraw .session=${this.session} .request=${request}></participant-withdraw>`;
  }

  #advice() {
    return this.get('me/person')?.attendance === 'remote'
      ? _('Headset on, a quiet place, your statement sent to the interpreters. The technical moderator opens your microphone.')
      : _('Sit at your microphone, your statement sent to the interpreters. Press its button when the moderator calls you.');
  }

  /** @param {import('/static/js/lib/participant_moment.js').Moment} moment */
  #buttons({ request, behind }) {
    const busy = Boolean(this.#sending.type);
    if (request?.ready) return html`<button class="wide" ?disabled=${busy} @click=${() => this.#say(false)}>${_('Not ready after all')}</button>`;
    return html`
      <button class="act big" ?disabled=${busy} @click=${() => this.#say(true)}>${_('I am ready')}</button>
      ${behind ? html`<button class="wide" ?disabled=${busy} @click=${() => this.#back(behind)}>${_('Not yet: let the next one go first')}</button>` : nothing}`;
  }

  /** @param {string} behind */
  #back(behind) {
    const request = this.moment?.request?.id;
    if (request) this.#sending.send(this.session, 'floor.move', { request, after: behind });
  }

  /** @param {boolean} ready */
  #say(ready) {
    const request = this.moment?.request?.id;
    if (request) this.#sending.send(this.session, 'floor.ready', { request, ready });
  }
}

customElements.define('participant-ready', ParticipantReady);
