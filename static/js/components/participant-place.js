/**
 * `<participant-place>`: *You are 4th, about 9 minutes*, and what can be done about it.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-change.js';
import '/static/js/components/participant-withdraw.js';
import { aboutText, ordinal } from '/static/js/lib/durations.js';
import { _ } from '/static/js/lib/i18n.js';
import { kindName } from '/static/js/lib/names.js';
import { waitUntil } from '/static/js/lib/participant_moment.js';
import { Sending } from '/static/js/components/sending.js';
import { here } from '/static/js/lib/zones.js';

const MINUTE_MS = 60_000;

class ParticipantPlace extends SessionElement {
  static properties = { ...SessionElement.properties, moment: { attribute: false } };

  static keys = ['floor', 'request/', 'intervention/', 'programme'];

  static ticks = 10_000;

  #sending = new Sending(this);

  constructor() {
    super();
    /** @type {import('/static/js/lib/participant_moment.js').Moment|null} */
    this.moment = null;
  }

  render() {
    if (!this.moment?.request) return nothing;
    const { request, place, behind } = this.moment;
    return html`
      <section class="card state place">
        <p class="label">${_('You are')}</p>
        <p class="number">${place === 1 ? _('next') : ordinal(place)}</p>
        <p>${this.#when(place)}</p>
        <p class="quiet small about">${kindName(request.kind)}${request.topic ? html` · “<bdi>${request.topic}</bdi>”` : nothing}</p>
        <p class="quiet small">${_('In the order of asking. Your place is kept if you lose the connection, load the page again or change to another device.')}</p>
      </section>
      <participant-change .session=${this.session} .request=${request}></participant-change>
      ${behind
        ? html`<button class="wide" ?disabled=${Boolean(this.#sending.type)} @click=${() => this.#back(request.id, behind)}>${_('Let the next one go first')}</button>`
        : nothing}
      ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}
      <participant-withdraw .session=${this.session} .request=${request}></participant-withdraw>`;
  }

  /** @param {number} place */
  #when(place) {
    const { session } = this;
    const seconds = waitUntil(session, place, session.now());
    const near = here(Math.round((session.now() + seconds * 1000) / MINUTE_MS) * MINUTE_MS, session.get('programme')?.time_zone);
    const yours = near.own ? html` <span class="quiet">· ${_('{time} where you are', { time: near.own })}</span>` : nothing;
    return html`<b>${aboutText(seconds)}</b> <span class="quiet">· ${_('near {time}', { time: near.meeting })}</span>${yours}`;
  }

  /**
   * @param {string} request
   * @param {string} behind
   */
  #back(request, behind) {
    this.#sending.send(this.session, 'floor.move', { request, after: behind });
  }
}

customElements.define('participant-place', ParticipantPlace);
