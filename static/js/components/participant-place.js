/**
 * `<participant-place>`: *You are 4th, about 9 minutes*, and what can be done about it.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-change.js';
import '/static/js/components/participant-withdraw.js';
import { aboutText, ordinal } from '/static/js/lib/durations.js';
import { expectationOf, thoseBefore } from '/static/js/lib/expectation.js';
import { _ } from '/static/js/lib/i18n.js';
import { ownLimit, sharedWords } from '/static/js/lib/limit_words.js';
import { kindName } from '/static/js/lib/names.js';
import { orderWords } from '/static/js/lib/order_words.js';
import { absenceWords } from '/static/js/lib/participant_words.js';
import { here } from '/static/js/lib/zones.js';

const MINUTE_MS = 60_000;

class ParticipantPlace extends SessionElement {
  static properties = { ...SessionElement.properties, moment: { attribute: false } };

  static keys = ['session', 'list', 'floor', 'forecast', 'request/', 'intervention/', 'programme'];

  static ticks = 10_000;

  constructor() {
    super();
    /** @type {import('/static/js/lib/participant_moment.js').Moment|null} */
    this.moment = null;
  }

  render() {
    if (!this.moment?.request) return nothing;
    const { session } = this;
    const { request, place, behind } = this.moment;
    const shared = this.get('session')?.limits.shared_seconds;
    return html`
      <participant-offers .session=${session} .request=${request} .place=${place}></participant-offers>
      ${request.absences ? html`<p class="notice now">${absenceWords()}</p>` : nothing}
      <section class="card state place">
        <p class="label">${_('You are')}</p>
        <p class="number">${place === 1 ? _('next') : ordinal(place)}</p>
        <p>${this.#when(request)}</p>
        <p class="quiet small about">${kindName(request.kind)}${request.topic ? html` · “<bdi>${request.topic}</bdi>”` : nothing}</p>
        <p class="small">${ownLimit(request.limit_seconds)} ${shared ? sharedWords(shared) : nothing}</p>
        <p class="quiet small">${orderWords(this.get('list'))} ${_('Your place is kept if you lose the connection, load the page again or change to another device.')}</p>
      </section>
      <participant-change .session=${session} .request=${request}></participant-change>
      <participant-text .session=${session} .request=${request}></participant-text>
      <participant-text instead .session=${session} .request=${request}></participant-text>
      <participant-exchange .session=${session} .request=${request} .behind=${behind}></participant-exchange>
      <participant-withdraw .session=${session} .request=${request}></participant-withdraw>`;
  }

  /** @param {import('/static/js/lib/wire.js').FloorRequest} request */
  #when(request) {
    const { session } = this;
    const { seconds, at, from } = expectationOf(session, thoseBefore(session, request), session.now());
    const about = html`<b>${aboutText(seconds)}</b> `;
    if (at === null) return html`${about}<span class="quiet">${_('once the session goes on')}</span>`;
    const near = here(Math.round(at / MINUTE_MS) * MINUTE_MS, session.get('programme')?.time_zone);
    const yours = near.own ? html` <span class="quiet">· ${_('{time} where you are', { time: near.own })}</span>` : nothing;
    const after = from === 'start' ? html`<span class="quiet">${_('after the session begins')}</span> ` : nothing;
    return html`${about}${after}<span class="quiet">· ${_('near {time}', { time: near.meeting })}</span>${yours}`;
  }
}

customElements.define('participant-place', ParticipantPlace);
