/**
 * `<participant-floor>`: *You have the floor*, with the same clock as the room.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/speaking-clock.js';
import { minutesText, spokenText } from '/static/js/lib/durations.js';
import { _ } from '/static/js/lib/i18n.js';
import { kindName } from '/static/js/lib/names.js';

/** Seconds left at which a screen reader says so. */
const TOLD_AT = [60, 30, 0];

/** @typedef {import('/static/js/lib/durations.js').Countdown} Countdown */

class ParticipantFloor extends SessionElement {
  static properties = { ...SessionElement.properties, moment: { attribute: false }, stage: { state: true }, paused: { state: true } };

  static keys = ['session'];

  /** @type {number} */
  #before = Infinity;

  constructor() {
    super();
    /** @type {import('/static/js/lib/participant_moment.js').Moment|null} */
    this.moment = null;
    /** @type {Countdown['stage']} */
    this.stage = 'running';
    this.paused = false;
  }

  render() {
    if (!this.moment?.intervention) return nothing;
    const { intervention, name } = this.moment;
    const stopped = name === 'interrupted';
    return html`
      <section class="card state you" data-stage=${this.stage}>
        <p class="label">${kindName(intervention.kind)}${intervention.topic ? html` · <bdi>${intervention.topic}</bdi>` : nothing}</p>
        <h2>${stopped ? _('One moment: a point of order') : _('You have the floor')}</h2>
        <speaking-clock class="clock" .session=${this.session} .intervention=${intervention.id} @tick=${this.#tick}></speaking-clock>
        <p class="you-words">${this.#words(stopped)}</p>
        <p class="small">${this.#limit(stopped)}</p>
      </section>
      ${stopped ? nothing : html`<p class="quiet small">${_('When you have finished, the moderator gives the floor to the next speaker.')}</p>`}`;
  }

  /** @param {boolean} stopped */
  #words(stopped) {
    if (stopped || this.paused) return _('Your clock stands.');
    if (this.stage === 'over') return _('Your time is up. Please finish your sentence.');
    if (this.stage === 'warning') return _('Please come to an end.');
    return '';
  }

  /** @param {boolean} stopped */
  #limit(stopped) {
    if (stopped) return _('You go on with what was left when the point of order is settled.');
    const limit = this.moment?.intervention?.limit_seconds;
    if (!limit) return _('No time limit.');
    const warning = this.get('session')?.warning_seconds;
    if (!warning || this.stage !== 'running') return _('of {limit}', { limit: minutesText(limit) });
    return _('of {limit} · at {time} the number is framed', { limit: minutesText(limit), time: minutesText(warning) });
  }

  /** @param {CustomEvent<Countdown>} event */
  #tick({ detail: { remaining, stage, paused } }) {
    this.stage = stage;
    this.paused = paused;
    if (remaining === null) return;
    const passed = TOLD_AT.find((seconds) => this.#before > seconds && remaining <= seconds && remaining > seconds - 2);
    this.#before = remaining;
    if (passed !== undefined) say(passed ? _('{time} left', { time: spokenText(passed) }) : _('Your time is up.'));
  }
}

customElements.define('participant-floor', ParticipantFloor);
