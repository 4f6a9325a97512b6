/**
 * `<speakers-list>`: the list of speakers with its head and its rule, those held for later, and rights of reply.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { throughAt } from '../lib/speakers.js';
import './action-menu.js';
import './add-speaker.js';
import './arrange-dialog.js';
import './carry-over.js';
import { commandButton } from './command_button.js';
import { moreIcon, plusIcon } from './icons.js';
import './list-rule.js';
import './preset-dialog.js';
import './rule-dialog.js';
import { SessionElement } from './session_element.js';
import './session-settings.js';
import './speaker-rows.js';

/** @typedef {import('../lib/wire.js').ListOfSpeakers} ListOfSpeakers */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./add-speaker.js').AddSpeaker} AddSpeaker */

const TICK_MS = 10_000;

export class SpeakersList extends SessionElement {
  static properties = { ...SessionElement.properties, heldShown: { state: true } };

  static paced = true;

  static keys = ['list', 'request/', 'session', 'programme', 'may/', 'me/person', 'forecast'];

  static ticks = TICK_MS;

  constructor() {
    super();
    this.heldShown = false;
  }

  render() {
    const { waiting, held, replies } = this.#counts();
    return html`<section class="speakers" aria-labelledby="list-title" @arrange=${() => this.#open('arrange-dialog')} @choose-rule=${() => this.#open('rule-dialog')}>
      <header>
        <div class="title"><h2 id="list-title">${_('List of speakers')}</h2><p class="quiet small">${this.#summary(waiting)}</p></div>
        ${commandButton({
          id: 'add', label: html`${plusIcon}${_('In the room')}`, name: _('Add someone in the room'), whyNot: this.session.whyNot('floor.request'),
          run: () => /** @type {AddSpeaker} */ (this.querySelector('add-speaker')).open(),
        })}
        ${this.#openOrClose()}
        ${this.session.whyNot('list.carry_over') === 'not_allowed' ? nothing : html`<button type="button" class="icon" aria-label=${_('More about the list')} aria-haspopup="menu" aria-expanded="false" @click=${this.#menu}>${moreIcon}</button>`}
      </header>
      <list-rule .session=${this.session}></list-rule>
      <p id="how-to-move" class="visually-hidden">${_('Drag, or use the arrow keys, Home and End to change the place.')}</p>
      <div class="scroll"><div class="still">
        ${waiting ? nothing : this.#empty()}
        <speaker-rows .session=${this.session}></speaker-rows>
        ${replies ? html`<h3 class="label">${_('Rights of reply')} · ${replies}</h3><speaker-rows .session=${this.session} .list=${'reply'}></speaker-rows>` : nothing}
        ${held ? html`<details class="held" @toggle=${this.#heldToggled}><summary>${ngettext('{n} held for later', '{n} held for later', held)}</summary>
          ${this.heldShown ? html`<speaker-rows .session=${this.session} .status=${'held'}></speaker-rows>` : nothing}</details>` : nothing}
      </div></div>
      <add-speaker .session=${this.session}></add-speaker>
      <arrange-dialog .session=${this.session}></arrange-dialog>
      <rule-dialog .session=${this.session}></rule-dialog>
      <carry-over .session=${this.session}></carry-over>
      <preset-dialog .session=${this.session}></preset-dialog>
      <session-settings .session=${this.session}></session-settings>
      <action-menu></action-menu>
    </section>`;
  }

  #counts() {
    const counts = { waiting: 0, held: 0, replies: 0 };
    for (const { status, list } of this.session.values('request/')) {
      if (status === 'held') counts.held += 1;
      else if (status === 'waiting' && list === 'reply') counts.replies += 1;
      else if (status === 'waiting' && list === 'speakers') counts.waiting += 1;
    }
    return counts;
  }

  /** @param {number} waiting */
  #summary(waiting) {
    /** @type {ListOfSpeakers} */
    const { status, closes_at: closes } = this.get('list') ?? {};
    const forecast = this.get('forecast');
    const time = (/** @type {number|string} */ at) => ({ time: clockTime(at, this.get('programme')?.time_zone ?? 'UTC') });
    const parts = [
      waiting ? ngettext('{n} waiting', '{n} waiting', waiting) : _('nobody waits'),
      ...(waiting && forecast ? [_('through at {time}', time(throughAt(forecast, this.session.now())))] : []),
      ...(closes ? [_('closes {time}', time(closes))] : []),
    ];
    return html`<span class="state" data-status=${status}><span class=${status === 'open' ? 'visually-hidden' : ''}>${this.#statusText(status)}${status === 'open' ? '' : ' · '}</span></span>${parts.join(' · ')}`;
  }

  /** @param {string} status */
  #statusText(status) {
    return { not_open: _('not open yet'), open: _('open'), closed: _('closed') }[status] ?? '';
  }

  #openOrClose() {
    const open = this.get('list')?.status === 'open';
    const type = open ? 'list.close' : 'list.open';
    return commandButton({
      id: 'open-close', label: open ? _('Close the list') : _('Open the list'), whyNot: this.session.whyNot(type), run: () => this.act(type),
    });
  }

  #empty() {
    const over = ['closed', 'finalised'].includes(this.get('session')?.status);
    const status = over ? 'over' : this.get('list')?.status;
    /** @type {Record<string, [string, string]>} */
    const texts = {
      open: [_('Nobody on the list yet'), _('Requests from phones appear here by themselves. Add those who raise their hand in the room.')],
      closed: [_('Nobody left on the list'), _('The list is closed. Points of order and rights of reply are still possible.')],
      over: [_('Nobody left on the list'), _('The session is closed.')],
      not_open: [_('The list is not open yet'), _('Participants cannot ask for the floor before it is open; you can already add someone in the room.')],
    };
    const [title, text] = texts[status] ?? texts.not_open;
    return html`<div class="empty"><p><b>${title}</b></p><p class="quiet">${text}</p></div>`;
  }

  /** @param {Event} event */
  #menu({ currentTarget }) {
    const items = [
      { label: _('Carry over from another session…'), whyNot: this.session.whyNot('list.carry_over'), run: () => this.#open('carry-over') },
      { label: _('Kind of meeting…'), whyNot: this.session.whyNot('session.settings'), run: () => this.#open('preset-dialog') },
      { label: _('Settings of the session…'), whyNot: this.session.whyNot('session.settings'), run: () => this.#open('session-settings') },
      { label: _('Speaking time…'), whyNot: this.session.whyNot('list.limit'), run: () => this.dispatchEvent(new CustomEvent('limits', { bubbles: true })) },
    ];
    const menu = /** @type {ActionMenu} */ (this.querySelector(':scope > section > action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (currentTarget), _('More about the list'), items.filter(({ whyNot }) => whyNot !== 'not_allowed'));
  }

  /** @param {Event} event */
  #heldToggled({ target }) {
    this.heldShown = /** @type {HTMLDetailsElement} */ (target).open;
  }

  /** @param {'arrange-dialog'|'rule-dialog'|'carry-over'|'preset-dialog'|'session-settings'} name */
  #open(name) {
    /** @type {{open: () => unknown}|null} */ (/** @type {unknown} */ (this.querySelector(name)))?.open();
  }
}

customElements.define('speakers-list', SpeakersList);
