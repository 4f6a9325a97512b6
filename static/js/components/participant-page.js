/**
 * `<participant-page>`: one big state at a time, and below it what else is going on.
 */
import { html, nothing } from '/static/vendor/lit.js';
import '/static/js/components/participant-floor.js';
import '/static/js/components/participant-notices.js';
import '/static/js/components/participant-now.js';
import '/static/js/components/participant-pause.js';
import '/static/js/components/participant-place.js';
import '/static/js/components/participant-ready.js';
import '/static/js/components/participant-request.js';
import '/static/js/components/participant-rest.js';
import '/static/js/components/participant-thanks.js';
import { say, sayNow } from '/static/js/components/announcer.js';
import '/static/js/components/session-top.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { allowSoundAgain, call } from '/static/js/lib/attention.js';
import { _ } from '/static/js/lib/i18n.js';
import { momentOf } from '/static/js/lib/participant_moment.js';
import { headline, spokenHeadline } from '/static/js/lib/participant_words.js';
import { keepScreenOn } from '/static/js/lib/wake_lock.js';

/** @typedef {import('/static/js/lib/participant_moment.js').Moment} Moment */

const PAUSES = new Set(['before', 'suspended', 'over', 'not_reached', 'held', 'watching']);
const AT_HAND = new Set(['get_ready', 'speaking', 'interrupted']);

class ParticipantPage extends SessionElement {
  static properties = { ...SessionElement.properties, state: { state: true }, unsaved: { state: true }, seen: { state: true }, polled: { state: true } };

  static keys = ['session', 'floor', 'request/', 'intervention/', 'may/', 'me/'];

  /** What was told last. @type {Moment|null} */
  #told = null;

  /** @type {Moment} */
  #moment = momentOf({ get: () => undefined, values: () => [] });

  constructor() {
    super();
    this.state = 'connecting';
    this.unsaved = 0;
    /** The ended request whose thanks have been read. */
    this.seen = '';
    /** A poll is in front. */
    this.polled = false;
  }

  connectedCallback() {
    super.connectedCallback();
    allowSoundAgain();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session') && this.session) {
      this.session.addEventListener('state', () => { this.state = this.session.state; });
      this.session.addEventListener('unsaved', () => { this.unsaved = this.session.unsaved; });
    }
    this.#moment = momentOf(this.session);
  }

  updated() {
    const [before, now] = [this.#told, this.#moment];
    this.#told = now;
    document.title = headline(now, this.get('session')?.short_title);
    keepScreenOn(AT_HAND.has(now.name));
    if (before && spokenHeadline(before) !== spokenHeadline(now)) {
      if (now.name === 'speaking') sayNow(spokenHeadline(now));
      else say(spokenHeadline(now));
    }
    if (before && before.name !== 'loading' && before.name !== now.name && AT_HAND.has(now.name)) call();
  }

  render() {
    const moment = this.#moment;
    const alone = moment.name === 'speaking' || moment.name === 'loading';
    return html`
      <session-top .session=${this.session}></session-top>
      <main class="participant" id="main" tabindex="-1" data-moment=${moment.name} ?data-polled=${this.polled}>
        <div class="participant-main">
          <participant-notices .session=${this.session} state=${this.state} unsaved=${this.unsaved}></participant-notices>
          <participant-polls .session=${this.session} ?behind=${AT_HAND.has(moment.name)} @front=${this.#front}></participant-polls>
          ${this.#main(moment)}
        </div>
        ${alone ? nothing : html`<participant-now class="participant-now" .session=${this.session}></participant-now>`}
        ${moment.name === 'loading' ? nothing : html`<participant-rest class="participant-rest" .session=${this.session} .moment=${moment}></participant-rest>`}
      </main>`;
  }

  /** @param {CustomEvent<boolean>} event */
  #front({ detail }) {
    this.polled = detail;
  }

  /** @param {Moment} moment */
  #main(moment) {
    const { session } = this;
    if (PAUSES.has(moment.name)) return html`<participant-pause .session=${session} .moment=${moment}></participant-pause>`;
    switch (moment.name) {
      case 'loading': return html`<p class="card state quiet" aria-busy="true">${_('One moment …')}</p>`;
      case 'waiting': return html`<participant-place .session=${session} .moment=${moment}></participant-place>`;
      case 'get_ready': return html`<participant-ready .session=${session} .moment=${moment}></participant-ready>`;
      case 'speaking': case 'interrupted': return html`<participant-floor .session=${session} .moment=${moment}></participant-floor>`;
      default: return this.#ask(moment);
    }
  }

  /** @param {Moment} moment */
  #ask({ last, why }) {
    if (last && last.id !== this.seen) {
      return html`<participant-thanks .session=${this.session} .last=${last} @again=${() => { this.seen = last.id; }}></participant-thanks>`;
    }
    return html`<participant-request .session=${this.session} why=${why} unsaved=${this.unsaved}></participant-request>`;
  }
}

customElements.define('participant-page', ParticipantPage);
