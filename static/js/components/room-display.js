/**
 * `<room-display>`: what the room reads from fifteen metres: one state at a time, no controls.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { segmentName, statusName } from '../lib/names.js';
import './join-code.js';
import './room-list.js';
import { SessionElement } from './session_element.js';

const TICK_MS = 1_000;

export class RoomDisplay extends SessionElement {
  static keys = ['session', 'programme', 'display', 'announcement', 'list'];

  static ticks = TICK_MS;

  render() {
    const meeting = this.get('session');
    const what = this.get('display')?.what ?? 'list';
    if (!meeting) return html`<main id="main" class="room" data-what="nothing"><p class="quiet">${_('Connecting to the session…')}</p></main>`;
    if (what === 'nothing') return html`<main id="main" class="room" data-what="nothing"><h1 class="visually-hidden">${meeting.title}</h1></main>`;
    return html`<main id="main" class="room" data-what=${what} data-away=${this.session.state === 'live' ? nothing : ''}>
      <header><h1>${meeting.number ? html`<span class="number">${meeting.number}</span>` : nothing}<bdi>${meeting.short_title || meeting.title}</bdi></h1>
        <p class="quiet">${this.#where(meeting)} <span class="time-of-day">${this.#time()}</span></p></header>
      ${this.#content(what)}
      ${what === 'join' ? nothing : html`<join-code .session=${this.session} data-small></join-code>`}
    </main>`;
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
    return html`<room-list .session=${this.session}></room-list>`;
  }
}

customElements.define('room-display', RoomDisplay);
