/**
 * `<speakers-list>`: the list of speakers with its head, those held for later, and rights of reply.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { ruleName } from '../lib/names.js';
import { expectedWaits, secondsLeft, waitingOn } from '../lib/speakers.js';
import './add-speaker.js';
import { commandButton } from './command_button.js';
import { plusIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import './speaker-rows.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./add-speaker.js').AddSpeaker} AddSpeaker */

const TICK_MS = 10_000;

export class SpeakersList extends SessionElement {
  static keys = ['list', 'request/', 'floor', 'intervention/', 'session', 'programme', 'may/', 'me/person'];

  static ticks = TICK_MS;

  render() {
    /** @type {FloorRequest[]} */
    const requests = this.all('request/');
    const waiting = waitingOn(requests);
    const held = requests.filter((request) => request.status === 'held');
    const replies = waitingOn(requests, 'reply');
    return html`<section class="speakers" aria-labelledby="list-title">
      <header>
        <div class="title"><h2 id="list-title">${_('List of speakers')}</h2><p class="quiet small">${this.#summary(waiting)}</p></div>
        ${commandButton({
          id: 'add', label: html`${plusIcon}${_('In the room')}`, name: _('Add someone in the room'), whyNot: this.session.whyNot('floor.request'),
          run: () => /** @type {AddSpeaker} */ (this.querySelector('add-speaker')).open(),
        })}
        ${this.#openOrClose()}
      </header>
      <p id="how-to-move" class="visually-hidden">${_('Drag, or use the arrow keys, Home and End to change the place.')}</p>
      <div class="scroll">
        <p class="rule">${this.#rule()}</p>
        ${waiting.length ? nothing : this.#empty()}
        <speaker-rows .session=${this.session}></speaker-rows>
        ${replies.length ? html`<h3 class="label">${_('Rights of reply')} · ${replies.length}</h3><speaker-rows .session=${this.session} .list=${'reply'}></speaker-rows>` : nothing}
        ${held.length ? html`<details class="held"><summary>${ngettext('{n} held for later', '{n} held for later', held.length)}</summary><speaker-rows .session=${this.session} .status=${'held'}></speaker-rows></details>` : nothing}
      </div>
      <add-speaker .session=${this.session}></add-speaker>
    </section>`;
  }

  /** @param {FloorRequest[]} waiting */
  #summary(waiting) {
    if (!waiting.length) return _('nobody waits');
    const now = this.session.now();
    const floor = this.get('floor');
    const left = secondsLeft([this.get(`intervention/${floor?.intervention}`), this.get(`intervention/${floor?.interrupted}`)], now);
    const through = now + (expectedWaits(waiting, left).at(-1) ?? 0) * 1_000;
    const zone = this.get('programme')?.time_zone ?? 'UTC';
    const count = ngettext('{n} waiting', '{n} waiting', waiting.length);
    const until = _('through at {time}', { time: clockTime(through, zone) });
    return html`${count} · ${until}`;
  }

  #openOrClose() {
    const open = this.get('list')?.status === 'open';
    const type = open ? 'list.close' : 'list.open';
    return commandButton({
      id: 'open-close', label: open ? _('Close the list') : _('Open the list'), whyNot: this.session.whyNot(type), run: () => this.act(type),
    });
  }

  #rule() {
    const { rule, status } = this.get('list') ?? {};
    /** @type {Record<string, string>} */
    const words = { not_open: _('The list is not open yet'), open: _('The list is open'), closed: _('The list is closed') };
    return html`<span>${ruleName(rule)}</span><span class="state" data-status=${status}>${words[status] ?? ''}</span>`;
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
}

customElements.define('speakers-list', SpeakersList);
