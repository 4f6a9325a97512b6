/**
 * `<room-list>`: who speaks and how long still, the next three, and how many more.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime, minutesText } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { proposedWords, sharedWords } from '../lib/limit_words.js';
import { attendanceName, kindName, languageName } from '../lib/names.js';
import { comingUp } from '../lib/speakers.js';
import { SessionElement } from './session_element.js';
import './speaking-clock.js';
import { nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../lib/wire.js').Person} Person */

const NEXT = 3;
const LONG_NAME = 32;
const VERY_LONG_NAME = 90;

export class RoomList extends SessionElement {
  static keys = ['floor', 'intervention/', 'request/', 'person/', 'list', 'session', 'programme'];

  render() {
    return html`<div class="room-list">${this.#now()}${this.#next()}</div>`;
  }

  #now() {
    /** @type {Intervention|undefined} */
    const intervention = this.get(`intervention/${this.get('floor')?.intervention}`);
    if (!intervention || this.get('session')?.status === 'suspended') return this.#nobody();
    /** @type {Person|undefined} */
    const person = this.get(`person/${intervention.person}`);
    const order = intervention.kind === 'point_of_order';
    const facts = [
      intervention.on_behalf_of && html`${_('on behalf of')} <bdi>${intervention.on_behalf_of}</bdi>`,
      ['statement', 'point_of_order'].includes(intervention.kind) ? null : kindName(intervention.kind),
      attendanceName(intervention.attendance),
      languageName(intervention.language),
    ].filter(Boolean);
    const length = person?.name.length ?? 0;
    return html`<section class="now" data-order=${order ? '' : nothing} data-name=${length > VERY_LONG_NAME ? 'very-long' : length > LONG_NAME ? 'long' : 'short'}>
      <p class="label">${order ? _('Point of order') : _('Speaking')}</p>
      <h2>${nameOf(person)}</h2>
      ${person?.organisation ? html`<p class="organisation"><bdi>${person.organisation}</bdi></p>` : nothing}
      <p class="quiet">${facts.map((fact, index) => html`${index ? ' · ' : nothing}${fact}`)}</p>
      <div class="time"><speaking-clock class="clock" .session=${this.session} .intervention=${intervention.id} @tick=${this.#ticked}></speaking-clock>
        <div><p class="clock-words"></p>${intervention.limit_seconds ? html`<p class="allotted">${_('of {limit}', { limit: minutesText(intervention.limit_seconds) })}</p>` : nothing}${this.#shared()}</div></div>
    </section>`;
  }

  /** @param {CustomEvent<import('../lib/durations.js').Countdown>} event */
  #ticked({ detail }) {
    const section = this.querySelector('.now');
    const words = this.querySelector('.clock-words');
    if (!(section instanceof HTMLElement) || !words) return;
    section.dataset.stage = detail.stage;
    section.toggleAttribute('data-paused', detail.paused);
    words.textContent = detail.paused ? _('stopped') : detail.stage === 'over' ? _('over time') : '';
  }

  #nobody() {
    const { status, title } = this.get('session') ?? {};
    const { starts_at: starts, time_zone: zone = 'UTC' } = this.get('programme') ?? {};
    /** @type {Record<string, [string, string]>} */
    const states = {
      scheduled: [title, Date.parse(starts) > this.session.now() ? _('Begins at {time}', { time: clockTime(starts, zone) }) : _('Begins soon')],
      open: [_('Nobody has the floor'), this.get('list')?.waiting ? _('The next speaker will be called.') : ''],
      suspended: [_('The session is suspended'), _('It goes on in a moment.')],
      closed: [_('The session is closed'), _('Thank you.')],
    };
    const [heading, text] = states[status === 'finalised' ? 'closed' : status] ?? states.open;
    return html`<section class="now nobody" data-name=${heading.length > LONG_NAME ? 'long' : 'short'}><h2><bdi>${heading}</bdi></h2><p class="quiet">${text}</p>${status === 'open' ? this.#shared() : nothing}</section>`;
  }

  #next() {
    const waiting = comingUp(this.all('request/'));
    const more = waiting.length > NEXT ? ngettext('and {n} more', 'and {n} more', waiting.length - NEXT) : '';
    if (['closed', 'finalised'].includes(this.get('session')?.status)) return nothing;
    return html`<section class="next">
      <p class="label">${_('Next')}</p>
      ${waiting.length ? html`<ol>${waiting.slice(0, NEXT).map((request) => this.#row(request))}</ol>` : html`<p class="quiet none">${_('Nobody waits yet.')}</p>`}
      <div class="quiet rest">${more ? html`<p>${more}</p>` : nothing}<p class="list-state" data-status=${this.get('list')?.status}>${this.#state()}</p></div>
    </section>`;
  }

  #state() {
    const { status, closes_at: closes } = this.get('list') ?? {};
    if (status === 'closed') return _('The list is closed');
    if (status !== 'open') return _('The list is not open yet');
    const { time_zone: zone = 'UTC' } = this.get('programme') ?? {};
    return closes ? _('The list is open until {time}', { time: clockTime(closes, zone) }) : _('The list is open');
  }

  #shared() {
    const proposed = this.get('list')?.proposed;
    const shared = this.get('session')?.limits.shared_seconds;
    if (proposed) return html`<p class="shared">${proposedWords(proposed)}</p>`;
    return shared ? html`<p class="shared">${sharedWords(shared)}</p>` : nothing;
  }

  /** @param {FloorRequest} request */
  #row(request) {
    const person = this.get(`person/${request.person}`);
    const kind = request.list !== 'speakers' ? html`<span class="tag now">${kindName(request.kind)}</span> ` : nothing;
    const facts = [person?.organisation, request.on_behalf_of, attendanceName(person?.attendance)].filter(Boolean);
    return html`<li><span class="name">${nameOf(person)}</span><small>${kind}${facts.map((fact, index) => html`${index ? ' · ' : nothing}<bdi>${fact}</bdi>`)}</small></li>`;
  }
}

customElements.define('room-list', RoomList);
