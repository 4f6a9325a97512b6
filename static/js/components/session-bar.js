/**
 * `<session-bar>`: the top line: which session, which part of it, how long still, what is saved, undo.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { shortText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import './saved-chip.js';
import './segment-stepper.js';
import { SessionElement } from './session_element.js';
import './session-menu.js';
import './undo-button.js';

const TICK_MS = 5_000;

export class SessionBar extends SessionElement {
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
      ${this.#timeLeft(meeting.status)}
      <saved-chip .session=${this.session}></saved-chip>
      <undo-button .session=${this.session}></undo-button>
      <session-menu .session=${this.session}></session-menu>
    </header>`;
  }

  /** @param {string} status */
  #timeLeft(status) {
    const ends = this.get('programme')?.ends_at;
    if (!ends || !['open', 'suspended'].includes(status)) return nothing;
    const left = (Date.parse(ends) - this.session.now()) / 1_000;
    if (left >= 0) return html`<p class="time-left"><b>${shortText(left)}</b> <span>${_('left')}</span></p>`;
    return html`<p class="time-left over"><b>${shortText(-left)}</b> <span>${_('over')}</span></p>`;
  }
}

customElements.define('session-bar', SessionBar);
