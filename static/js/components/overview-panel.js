/**
 * `<overview-panel>`: how the session stands, in the place of the list: time, balance, common time, interpreters, who is connected.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { callText } from '../lib/booth_calls.js';
import { minutesText, shortText, sinceText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { groupColour, inReadersLanguage } from '../lib/names.js';
import { boothOf } from '../live/booth.js';
import './balance-view.js';
import './connected-people.js';
import { closeIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import './time-share.js';

/** @typedef {import('../lib/wire.js').Forecast} Forecast */
/** @typedef {import('../lib/wire.js').Group} Group */

export class OverviewPanel extends SessionElement {
  static paced = true;

  static keys = ['forecast', 'balance', 'session', 'programme'];

  static ticks = 20_000;

  #changed = () => this.requestUpdate();

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session') && this.session) boothOf(this.session).addEventListener('changed', this.#changed);
  }

  render() {
    const { session } = this;
    return html`<section class="overview" aria-labelledby="overview-title">
      <header><div class="title"><h2 id="overview-title" tabindex="-1">${_('Overview')}</h2></div>
        <button type="button" class="icon" aria-label=${_('Back to the list of speakers')} title=${_('Back to the list of speakers')} @click=${this.#leave}>${closeIcon}</button></header>
      <div class="scroll">
        <section class="outlook" aria-labelledby="outlook-title"><h3 id="outlook-title">${_('Time')}</h3><time-share .session=${session}></time-share>${this.#pace()}</section>
        ${this.#banks()}
        <balance-view .session=${session}></balance-view>
        ${this.#booths()}
        <connected-people .session=${session}></connected-people>
      </div>
    </section>`;
  }

  /** Bring the focus to the panel that was just opened. */
  arrive() {
    this.updateComplete.then(() => this.querySelector('h2')?.focus());
  }

  /** How the forecast was reckoned. */
  #pace() {
    /** @type {Forecast|null|undefined} */
    const forecast = this.get('forecast');
    if (!forecast?.waiting) return nothing;
    const { pace, changeover_seconds: changeover, later_seconds: later } = forecast;
    return html`<p class="small quiet">${_('Until now speakers took {percent} % of their time, and {seconds} s passed from one to the next.', { percent: pace, seconds: changeover })}
      ${later ? _('Kept for later parts: {time}.', { time: shortText(later) }) : nothing}</p>`;
  }

  /** What is left of the common time of groups that have one. */
  #banks() {
    /** @type {Record<string, number>} */
    const banks = this.get('balance')?.banks ?? {};
    /** @type {Group[]} */
    const groups = (this.get('programme')?.groups ?? []).filter((/** @type {Group} */ { id }) => id in banks);
    if (!groups.length) return nothing;
    const whole = this.get('session')?.limits?.banks ?? {};
    return html`<section aria-labelledby="banks-title"><h3 id="banks-title">${_('Common time of groups')}</h3><ul class="banks">${groups.map(({ id, name }) => html`
      <li><span class="tag group" data-group=${groupColour(this.get('programme')?.groups, id)}><span>${inReadersLanguage(name)}</span></span>
        <span>${banks[id] < 0 ? html`<b class="over">${_('{time} over', { time: minutesText(-banks[id]) })}</b>` : html`<b>${_('{time} left', { time: minutesText(banks[id]) })}</b>`}
        <span class="quiet small">${_('of {limit}', { limit: minutesText(whole[id] ?? 0) })}</span></span></li>`)}</ul></section>`;
  }

  #booths() {
    const { calls } = boothOf(this.session);
    return html`<section aria-labelledby="booth-title"><h3 id="booth-title">${_('Interpreters')}</h3>${calls.length
      ? html`<ul>${calls.map((call) => html`<li>${callText(call)} <span class="quiet small">${sinceText(new Date(call.at).toISOString(), this.session.now()) || _('just now')}</span></li>`)}</ul>`
      : html`<p class="quiet small">${_('No signal from a booth.')}</p>`}</section>`;
  }

  #leave() {
    this.dispatchEvent(new CustomEvent('show-panel', { bubbles: true, detail: 'list' }));
  }
}

customElements.define('overview-panel', OverviewPanel);
