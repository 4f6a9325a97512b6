/**
 * `<room-controls>`: what the room display shows, announcements, speaking time, what stands in the place of the list.
 */

import { html } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import './action-menu.js';
import './announce-dialog.js';
import { commandButton } from './command_button.js';
import { downIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import './time-limits.js';

/** @typedef {import('./announce-dialog.js').AnnounceDialog} AnnounceDialog */
/** @typedef {import('./time-limits.js').TimeLimits} TimeLimits */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

/** @type {Record<string, () => string>} */
const SHOWN = {
  list: () => _('Speakers'),
  message: () => _('Announcement'),
  join: () => _('How to join'),
  poll: () => _('Poll'),
  result: () => _('Result'),
  recommendation: () => _('Text'),
  nothing: () => _('Nothing'),
};

/** Those that need a text or a poll to be chosen, which is done there. */
const CHOSEN_ELSEWHERE = new Set(['poll', 'result', 'recommendation']);

export class RoomControls extends SessionElement {
  static properties = { ...SessionElement.properties, panel: { attribute: false } };

  static paced = true;

  static keys = ['polls', 'display', 'announcement', 'session', 'may/', 'me/person'];

  constructor() {
    super();
    /** What is shown in the place of the list. @type {import('./moderator-page.js').Panel} */
    this.panel = 'list';
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('limit-person', (event) => this.#limits().open(/** @type {CustomEvent<string>} */ (event).detail));
    document.addEventListener('limits', () => this.#limits().open());
  }

  render() {
    const usual = this.get('session')?.limits?.default_seconds ?? null;
    const time = usual === null ? _('no limit') : minutesText(usual);
    return html`<section class="room-controls" aria-label=${_('Room')}>
      ${commandButton({
        id: 'display', whyNot: this.session.whyNot('display.show'), run: () => this.#choose(),
        label: html`<span class="quiet">${_('Room display:')}</span> ${SHOWN[this.get('display')?.what ?? 'list']?.()}${downIcon}`,
      })}
      ${commandButton({ id: 'announce', label: _('Announce…'), whyNot: this.session.whyNot('announce'), run: () => this.#announcement().open() })}
      ${commandButton({ id: 'limits', label: html`<span class="quiet">${_('Speaking time:')}</span> ${time}`, whyNot: this.session.whyNot('list.limit'), run: () => this.#limits().open() })}
      ${this.#opener('polls', this.#pollsText())}${this.#opener('overview', _('Overview'))}
      <action-menu></action-menu>
      <time-limits .session=${this.session}></time-limits>
      <announce-dialog .session=${this.session}></announce-dialog>
    </section>`;
  }

  /** @param {import('./moderator-page.js').Panel} panel @param {string} label */
  #opener(panel, label) {
    const open = this.panel === panel;
    const toggle = () => this.dispatchEvent(new CustomEvent('show-panel', { bubbles: true, detail: open ? 'list' : panel }));
    return html`<button type="button" id="${panel}-button" aria-expanded=${String(open)} @click=${toggle}>${label}</button>`;
  }

  #pollsText() {
    const open = this.get('polls')?.open.length ?? 0;
    return open ? _('Polls · {n}', { n: open }) : _('Polls');
  }

  #choose() {
    const { what = 'list' } = this.get('display') ?? {};
    const items = Object.entries(SHOWN).filter(([each]) => each === what || !CHOSEN_ELSEWHERE.has(each)).map(([each, name]) => ({ label: name(), current: each === what, run: () => (CHOSEN_ELSEWHERE.has(each) ? undefined : this.#show(each)) }));
    const menu = /** @type {ActionMenu} */ (this.querySelector('action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (this.querySelector('button')), _('Room display'), items);
  }

  /** @param {string} what */
  #show(what) {
    if (what === 'message' && !this.get('announcement')) return this.#announcement().open();
    return this.act('display.show', { what });
  }

  #announcement() {
    return /** @type {AnnounceDialog} */ (this.querySelector('announce-dialog'));
  }

  #limits() {
    return /** @type {TimeLimits} */ (this.querySelector('time-limits'));
  }
}

customElements.define('room-controls', RoomControls);
