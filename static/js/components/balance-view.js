/**
 * `<balance-view>`: whose the requests, turns and minutes were, as text and as bars; who has waited longest, who was not heard.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { DIMENSIONS, balanceRows, dimensionName, longestWaiting, notHeard, shareName } from '../lib/balance.js';
import { minutesText, sinceText } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { groupColour, inReadersLanguage } from '../lib/names.js';
import { waitingOn } from '../lib/speakers.js';
import { SessionElement } from './session_element.js';
import { nameOf } from './who.js';

/** @typedef {import('../lib/balance.js').Period} Period */
/** @typedef {import('../lib/balance.js').Row} Row */
/** @typedef {import('../lib/wire.js').Dimension} Dimension */
/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

/** @type {Period[]} */
const PERIODS = ['session', 'day', 'workshop'];

export class BalanceView extends SessionElement {
  static properties = { ...SessionElement.properties, period: { state: true }, dimension: { state: true } };

  static paced = true;

  static keys = ['balance', 'programme', 'request/', 'person/'];

  static ticks = 30_000;

  constructor() {
    super();
    /** @type {Period} */
    this.period = 'session';
    /** @type {Dimension} */
    this.dimension = 'group';
  }

  render() {
    const rows = balanceRows(this.get('balance'), this.period, this.dimension);
    return html`<section class="balance" aria-labelledby="balance-title">
      <header class="row"><h3 id="balance-title">${_('Balance')}</h3>${this.#choices(PERIODS, this.period, periodName, (period) => { this.period = period; }, _('Over which time'))}</header>
      ${this.#choices(DIMENSIONS, this.dimension, dimensionName, (dimension) => { this.dimension = dimension; }, _('Shares of'))}
      ${rows.length ? html`<p class="quiet small">${_('Upper bar: time spoken. Lower bar: requests.')}</p><ul class="bars balance-rows">${rows.map((row) => this.#row(row))}</ul>` : html`<p class="quiet small">${this.#nothing()}</p>`}
      ${this.#unheard()}${this.#waited()}
    </section>`;
  }

  /**
   * @template {string} T
   * @param {readonly T[]} all @param {T} chosen @param {(one: T) => string} name @param {(one: T) => void} choose @param {string} label
   */
  #choices(all, chosen, name, choose, label) {
    return html`<div class="choices" role="group" aria-label=${label}>${all.map((each) => html`<button type="button" aria-pressed=${String(each === chosen)} @click=${() => choose(each)}>${name(each)}</button>`)}</div>`;
  }

  /** @param {Row} row */
  #row({ id, requests, turns, seconds, percent, of_requests: asked }) {
    const groups = this.get('programme')?.groups ?? [];
    const counts = [`${ngettext('{n} request', '{n} requests', requests)} (${_('{percent} %', { percent: asked })})`, ngettext('{n} turn', '{n} turns', turns), minutesText(seconds)].join(' · ');
    return html`<li data-group=${this.dimension === 'group' ? groupColour(groups, id) : nothing}>
      <span class="bar-label"><bdi>${shareName(this.dimension, id, groups)}</bdi> <span class="quiet small">${counts}</span></span>
      <span class="bar-number"><b>${_('{percent} %', { percent })}</b></span>
      <svg class="bar" aria-hidden="true"><rect class="bar-ground" width="100%" height="100%"/><rect class="bar-share" width=${`${percent}%`} height="60%"/><rect class="bar-asked" y="70%" width=${`${asked}%`} height="30%"/></svg></li>`;
  }

  #nothing() {
    return this.dimension === 'gender' ? _('Nobody has said.') : _('Nothing yet.');
  }

  #unheard() {
    const groups = this.get('programme')?.groups ?? [];
    const unheard = notHeard(groups, balanceRows(this.get('balance'), this.period, 'group'));
    if (!unheard.length || unheard.length === groups.length) return nothing;
    const names = unheard.map(({ group, requests }) => html`<li data-group=${groupColour(groups, group.id)}><span class="tag group"><span>${inReadersLanguage(group.name)}</span></span>${requests ? html` <span class="quiet small">${ngettext('{n} request', '{n} requests', requests)}</span>` : nothing}</li>`);
    return html`<div><p class="label">${_('Not heard')}</p><ul class="unheard">${names}</ul></div>`;
  }

  #waited() {
    const { overall, remote } = longestWaiting(waitingOn(this.all('request/')), (id) => this.get(`person/${id}`));
    if (!overall) return nothing;
    return html`<div><p class="label">${_('Waited longest')}</p><ul class="waited">${this.#waiter(overall)}${remote && remote !== overall ? this.#waiter(remote, _('remote')) : nothing}</ul></div>`;
  }

  /** @param {FloorRequest} request @param {string} [of] */
  #waiter({ person, requested_at: at }, of = '') {
    const since = sinceText(at, this.session.now()) || _('less than a minute');
    return html`<li><b>${nameOf(this.get(`person/${person}`))}</b> <span class="quiet small">${of ? `${of} · ` : ''}${since}</span></li>`;
  }
}

/** @param {Period} period */
function periodName(period) {
  return { session: _('Session'), day: _('Day'), workshop: _('Workshop') }[period];
}

customElements.define('balance-view', BalanceView);
