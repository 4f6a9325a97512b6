/**
 * `<room-display>`: what the room reads from fifteen metres: one state at a time, no controls.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { segmentName, statusName } from '../lib/names.js';
import './join-code.js';
import './room-list.js';
import './room-poll.js';
import './room-text.js';
import { SessionElement } from './session_element.js';
import { nameOf } from './who.js';

const TICK_MS = 1_000;
/** What the phone is for, where it is not for asking for the floor. @type {Record<string, () => string>} */
const HOW = {
  poll: () => _('Answer on your phone'),
  recommendation: () => _('Read the text on your phone'),
};

export class RoomDisplay extends SessionElement {
  static keys = ['session', 'programme', 'display', 'announcement', 'person/'];

  static ticks = TICK_MS;

  render() {
    const meeting = this.get('session');
    const what = this.get('display')?.what ?? 'list';
    if (!meeting) return html`<main id="main" class="room" data-what="nothing"><p class="quiet">${_('Connecting to the session…')}</p></main>`;
    if (what === 'nothing') return html`<main id="main" class="room" data-what="nothing"><h1 class="visually-hidden">${meeting.title}</h1></main>`;
    return html`<main id="main" class="room" data-what=${what} data-away=${this.session.state === 'live' ? nothing : ''}>
      <header><h1>${meeting.number ? html`<span class="number">${meeting.number}</span>` : nothing}<bdi>${meeting.short_title || meeting.title}</bdi></h1>
        <p class="quiet">${this.#presiding(meeting)}<span>${this.#where(meeting)}</span> <span class="time-of-day">${this.#time()}</span></p></header>
      ${this.#content(what)}
      ${what === 'join' || what === 'result' ? nothing : html`<join-code .session=${this.session} data-small .how=${HOW[what]?.()}></join-code>`}
    </main>`;
  }

  /** @param {import('../lib/wire.js').SessionValue} meeting */
  #presiding({ presiding }) {
    const person = presiding && this.get(`person/${presiding}`);
    return person ? html`<span class="presiding">${_('Presiding:')} ${nameOf(person)}</span>` : nothing;
  }

  /** @param {import('../lib/wire.js').SessionValue} meeting */
  #where({ status, segment_kind: kind }) {
    if (this.session.state === 'reconnecting') return _('Reconnecting…');
    return status === 'open' ? segmentName(kind) : statusName(status);
  }

  #time() {
    return clockTime(this.session.now(), this.get('programme')?.time_zone ?? 'UTC');
  }

  /** @param {string} what */
  #content(what) {
    if (what === 'message') return html`<section class="message"><p dir="auto">${this.get('announcement')?.text ?? ''}</p></section>`;
    if (what === 'join') return html`<join-code .session=${this.session}></join-code>`;
    const ref = this.get('display')?.ref ?? '';
    if (what === 'poll' || what === 'result') return html`<room-poll .session=${this.session} .poll=${ref} ?result=${what === 'result'}></room-poll>`;
    if (what === 'recommendation') return html`<room-text .session=${this.session} .text=${ref}></room-text>`;
    return html`<room-list .session=${this.session}></room-list>`;
  }
}

customElements.define('room-display', RoomDisplay);
