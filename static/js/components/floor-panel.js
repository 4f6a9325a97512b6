/**
 * `<floor-panel>`: who has the floor, the time left, and what can be done about it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime, minutesText, remainingText, spokenSeconds } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { statusName } from '../lib/names.js';
import './action-menu.js';
import { commandButton } from './command_button.js';
import './floor-details.js';
import { CALLED_MS, floorActions, sayNotHere, takeTheFloor, whyNoOwnWord, whyNotAbsent } from './floor_actions.js';
import { moreIcon, pauseIcon, playIcon } from './icons.js';
import './presiding-button.js';
import { SessionElement } from './session_element.js';
import './speaking-clock.js';
import { nameOf } from './who.js';
import { writeText } from './write_text.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../lib/wire.js').Person} Person */

const HEARD = 3;
const EXTENSIONS = [{ seconds: 30, label: () => _('+30 s') }, { seconds: 60, label: () => _('+1 min') }];

export class FloorPanel extends SessionElement {
  static paced = true;

  static ticks = 10_000;

  static keys = ['floor', 'intervention/', 'person/', 'session', 'programme', 'list', 'may/', 'me/person'];

  render() {
    /** @type {Intervention|undefined} */
    const intervention = this.get(`intervention/${this.get('floor')?.intervention}`);
    return intervention ? this.#speaking(intervention) : this.#empty();
  }

  /** @param {Intervention} intervention */
  #speaking(intervention) {
    /** @type {Person|undefined} */
    const person = this.get(`person/${intervention.person}`);
    const order = intervention.kind === 'point_of_order';
    return html`<section class="card speaking" aria-labelledby="on-the-floor" data-order=${order ? '' : nothing}>
      ${this.#head(order ? _('Point of order') : _('On the floor'), intervention)}
      <div class="speaker"><div class="about">
        <h2 class="name" title=${person?.name ?? ''}>${nameOf(person)}</h2>
        <floor-details .intervention=${intervention} .person=${person} .groups=${this.get('programme')?.groups}></floor-details>
      </div></div>
      <div class="time">
        <div class="clock"><speaking-clock .session=${this.session} .intervention=${intervention.id} @tick=${this.#ticked}></speaking-clock></div>
        <div class="bar" aria-hidden="true"><i></i></div>
        <div class="row limit-line"><p class="quiet small limit">${this.#limitText(intervention, person)}</p>${this.#notHere(intervention)}</div>
        ${this.#interrupted()}
      </div>
      <div class="controls">${this.#controls(intervention)}</div>
    </section>`;
  }

  /** @param {string} title @param {Intervention} [intervention] */
  #head(title, intervention) {
    const items = intervention ? floorActions(this, intervention) : [];
    const running = this.get('session')?.status === 'open';
    return html`<div class="head"><p class="label" id="on-the-floor">${title}</p>
      <presiding-button .session=${this.session}></presiding-button>
      ${running ? commandButton({ id: 'own-word', look: 'bare own-word', label: _('I take the floor'), whyNot: whyNoOwnWord(this), run: () => takeTheFloor(this) }) : nothing}
      ${items.length ? html`<button type="button" class="bare icon" aria-label=${_('More about the speaker')} aria-haspopup="menu" aria-expanded="false" @click=${this.#menu}>${moreIcon}</button><action-menu></action-menu>` : nothing}</div>`;
  }

  /** @param {Event} event */
  #menu({ currentTarget }) {
    const intervention = this.get(`intervention/${this.get('floor')?.intervention}`);
    if (!intervention) return;
    const menu = /** @type {import('./action-menu.js').ActionMenu} */ (this.querySelector('action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (currentTarget), _('More about the speaker'), floorActions(this, intervention));
  }

  /** Who was called and is not there is seen in the first minute; later the menu has it. @param {Intervention} intervention */
  #notHere(intervention) {
    const begun = Date.parse(intervention.started_at);
    if (this.session.now() - begun > CALLED_MS || intervention.kind === 'moderator' || intervention.kind === 'secretariat') return nothing;
    return commandButton({ id: 'not-here', look: 'not-here', label: _('Not here'), whyNot: whyNotAbsent(this), run: () => sayNotHere(this, intervention) });
  }

  /** @param {Intervention} intervention */
  #controls(intervention) {
    const expect = { intervention: intervention.id };
    const paused = Boolean(intervention.paused_at);
    const toggle = paused ? 'floor.resume' : 'floor.pause';
    return [
      commandButton({
        id: 'pause', whyNot: this.session.whyNot(toggle), run: () => this.act(toggle, {}, { expect }),
        label: paused ? html`${playIcon}${_('Go on')}` : html`${pauseIcon}${_('Pause')}`,
      }),
      ...EXTENSIONS.map(({ seconds, label }) => commandButton({
        id: `extend-${seconds}`, label: html`<bdi>${label()}</bdi><span class="visually-hidden"> ${_('more time')}</span>`,
        whyNot: this.session.whyNot('floor.extend'), run: () => this.act('floor.extend', { seconds }, { expect }),
      })),
      commandButton({ id: 'end', label: _('End'), whyNot: this.session.whyNot('floor.end'), run: () => this.act('floor.end', {}, { expect }) }),
    ];
  }

  /** @param {Intervention} intervention @param {Person|undefined} person */
  #limitText({ limit_seconds: limit }, person) {
    const times = person?.spoken_times;
    const before = times ? ngettext('spoke once before', 'spoke {n} times before', times) : times === 0 ? _('first time') : '';
    const of = limit === null ? _('no time limit') : _('of {limit}', { limit: minutesText(limit) });
    return html`<span class="words"></span>${of}${before ? ` · ${before}` : ''}`;
  }

  #interrupted() {
    /** @type {Intervention|undefined} */
    const waiting = this.get(`intervention/${this.get('floor')?.interrupted}`);
    if (!waiting) return nothing;
    const left = waiting.limit_seconds === null ? '' : remainingText(waiting.limit_seconds - spokenSeconds(waiting, this.session.now()));
    return html`<p class="notice small interrupted">${_('Interrupted:')} <b class="clip">${nameOf(this.get(`person/${waiting.person}`))}</b>${left ? html` · <span class="clock-inline">${left}</span>` : nothing}</p>`;
  }

  #empty() {
    const { status, closed_at: closed } = this.get('session') ?? {};
    const programme = this.get('programme');
    const zone = programme?.time_zone ?? 'UTC';
    /** @type {Record<string, [string, string]>} */
    const states = {
      scheduled: [statusName('scheduled'), programme?.starts_at ? _('Planned for {time}.', { time: clockTime(programme.starts_at, zone) }) : ''],
      open: [_('Nobody has the floor'), this.get('list')?.waiting ? '' : this.#emptyListText()],
      suspended: [_('The session is suspended'), _('Clocks stand. Requests are kept.')],
      closed: [_('The session is closed'), closed ? _('Closed at {time}. The record can be downloaded.', { time: clockTime(closed, zone) }) : ''],
    };
    const [title, text] = states[status === 'finalised' ? 'closed' : status] ?? states.scheduled;
    return html`<section class="card speaking nobody" aria-labelledby="on-the-floor">
      ${this.#head(_('On the floor'))}
      <h2 class="name">${title}</h2><p class="quiet">${text}</p>${this.#heard()}</section>`;
  }

  #heard() {
    /** @type {Intervention[]} */
    const all = this.all('intervention/');
    const ended = all.filter((each) => each.ended_at && !each.void).sort((a, b) => (String(a.ended_at) < String(b.ended_at) ? 1 : -1));
    if (!ended.length) return nothing;
    return html`<div class="heard"><p class="label">${_('Heard last')}</p><ul>${ended.slice(0, HEARD).map((each) => html`
      <li><span class="clip">${nameOf(this.get(`person/${each.person}`))}</span><span class="clock-inline">${minutesText(spokenSeconds(each, 0))}</span></li>`)}</ul></div>`;
  }

  #emptyListText() {
    return this.get('list')?.status === 'open' ? _('Nobody waits. The list is open: requests appear by themselves.') : _('Nobody waits, and the list is not open.');
  }

  /** @param {CustomEvent<import('../lib/durations.js').Countdown>} event */
  #ticked({ detail }) {
    const panel = this.querySelector('section');
    if (!panel) return;
    if (panel.dataset.stage !== detail.stage) panel.dataset.stage = detail.stage;
    panel.toggleAttribute('data-paused', detail.paused);
    /** @type {HTMLElement|null} */ (panel.querySelector('.bar i'))?.style.setProperty('--share', detail.share.toFixed(3));
    const words = panel.querySelector('.limit .words');
    const text = detail.paused ? _('stopped') : detail.stage === 'over' ? _('over time') : detail.stage === 'free' ? _('spoken') : _('left');
    if (words) writeText(words, `${text} `);
  }
}

customElements.define('floor-panel', FloorPanel);
