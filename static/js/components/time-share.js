/**
 * `<time-share>`: when the list will be through, how late, what speaking time would fit; proposed to everybody, then applied.
 *
 * With `quiet` it says something only where there is something to decide.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime, minutesText, shortText } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { commandButton } from './command_button.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire.js').Forecast} Forecast */
/** @typedef {import('../lib/wire.js').ListOfSpeakers} ListOfSpeakers */

/** Less is on time. */
const LATE_SECONDS = 60;

export class TimeShare extends SessionElement {
  static properties = { ...SessionElement.properties, quiet: { type: Boolean } };

  static paced = true;

  static keys = ['forecast', 'list', 'session', 'programme', 'may/', 'me/person'];

  constructor() {
    super();
    this.quiet = false;
  }

  render() {
    /** @type {Forecast|null|undefined} */
    const forecast = this.get('forecast');
    const proposed = this.get('list')?.proposed;
    const late = (forecast?.late_seconds ?? 0) >= LATE_SECONDS && forecast?.waiting;
    const shared = this.get('session')?.limits?.shared_seconds;
    if (this.quiet && !proposed && !late) return nothing;
    return html`<section class="time-share ${this.quiet ? 'card' : ''}" aria-label=${_('Time left for the list')}>
      <div class="words">${forecast ? html`<p>${this.#outlook(forecast)}</p>` : nothing}
        ${proposed ? html`<p><b>${this.#proposedText(proposed)}</b></p>` : shared ? html`<p class="quiet small">${_('Shared out: {time} each', { time: minutesText(shared) })}</p>` : nothing}</div>
      <div class="row">${proposed ? this.#toAccept(proposed.seconds, shared) : this.#toPropose(forecast, shared)}</div>
    </section>`;
  }

  /** @param {Forecast} forecast */
  #outlook({ through_at: at, late_seconds: late, fits_seconds: fits, waiting }) {
    if (!waiting) return _('Nobody waits.');
    const through = _('Through at {time}', { time: clockTime(at, this.get('programme')?.time_zone ?? 'UTC') });
    if (late === null || late === undefined) return through;
    if (late < LATE_SECONDS) return html`${through}, <b>${_('in time')}</b>`;
    const would = fits ? ` · ${_('{time} each would fit', { time: minutesText(fits) })}` : '';
    return html`${through}, <b class="over">${_('{time} late', { time: shortText(late) })}</b><span class="quiet">${would}</span>`;
  }

  /** @param {{seconds: number, names: number}} proposed */
  #proposedText({ seconds, names }) {
    return ngettext('Proposed to everybody: {time} for {n} name', 'Proposed to everybody: {time} each for {n} names', names, { time: minutesText(seconds) });
  }

  /** @param {number} seconds @param {number|null|undefined} shared what is in force, which stays if the proposal is taken back */
  #toAccept(seconds, shared) {
    const whyNot = this.session.whyNot('list.share_time');
    return [
      commandButton({ id: 'share-back', label: _('Take back'), whyNot, run: () => this.act('list.share_time', { seconds: shared ?? null }) }),
      commandButton({ id: 'share-apply', look: 'act', label: _('Apply {time}', { time: minutesText(seconds) }), whyNot, run: () => this.act('list.share_time', { seconds }) }),
    ];
  }

  /** @param {Forecast|null|undefined} forecast @param {number|null|undefined} shared */
  #toPropose(forecast, shared) {
    const fits = (forecast?.late_seconds ?? 0) >= LATE_SECONDS ? forecast?.fits_seconds : null;
    const whyNot = this.session.whyNot('list.share_time');
    return [
      shared && !this.quiet ? commandButton({ id: 'share-end', label: _('Usual times again'), whyNot, run: () => this.act('list.share_time', { seconds: null }) }) : nothing,
      fits ? commandButton({ id: `share-${this.quiet}`, label: _('Propose {time} each', { time: minutesText(fits) }), whyNot, run: () => this.act('list.share_time') }) : nothing,
    ];
  }
}

customElements.define('time-share', TimeShare);
