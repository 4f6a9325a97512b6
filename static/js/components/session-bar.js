/**
 * `<session-bar>`: the top line: which session, which part of it, how long still, what is saved, undo.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { shortText, sinceText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { segmentName } from '../lib/names.js';
import './saved-chip.js';
import './segment-stepper.js';
import { SessionElement } from './session_element.js';
import './session-menu.js';
import './undo-button.js';

const TICK_MS = 5_000;

export class SessionBar extends SessionElement {
  static paced = true;

  static keys = ['session', 'programme'];

  static ticks = TICK_MS;

  render() {
    const meeting = this.get('session');
    if (!meeting) return nothing;
    const room = this.get('programme')?.room;
    const item = meeting.number ? _('Agenda item {number}', { number: meeting.number }) : _('Session');
    return html`<header class="session-bar">
      <div class="where">
        <p class="label">${item}${room ? html` · <bdi>${room}</bdi>` : nothing}</p>
        <h1 class="clip" title=${meeting.title}><bdi>${meeting.short_title || meeting.title}</bdi></h1>
      </div>
      <segment-stepper .session=${this.session}></segment-stepper>
      ${this.#times(meeting)}
      <saved-chip .session=${this.session}></saved-chip>
      <undo-button .session=${this.session}></undo-button>
      <session-menu .session=${this.session}></session-menu>
    </header>`;
  }

  /** @param {import('../lib/wire.js').SessionValue} meeting */
  #times({ status, segment_kind: kind, segment_started_at: since }) {
    if (!['open', 'suspended'].includes(status)) return nothing;
    const lasted = sinceText(since, this.session.now());
    return html`<div class="times">${this.#timeLeft()}
      ${kind && lasted ? html`<p class="segment-time small quiet">${_('{segment} for {since}', { segment: segmentName(kind), since: lasted })}</p>` : nothing}</div>`;
  }

  #timeLeft() {
    const ends = this.get('programme')?.ends_at;
    if (!ends) return nothing;
    const left = (Date.parse(ends) - this.session.now()) / 1_000;
    if (left >= 0) return html`<p class="time-left"><b>${shortText(left)}</b> <span>${_('left')}</span></p>`;
    return html`<p class="time-left over"><b>${shortText(-left)}</b> <span>${_('over')}</span></p>`;
  }
}

customElements.define('session-bar', SessionBar);
