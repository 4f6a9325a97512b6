/**
 * `<room-controls>`: what the room display shows, announcements, speaking time, who is connected.
 */

import { html } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import './action-menu.js';
import { commandButton } from './command_button.js';
import { downIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import './time-limits.js';

/** @typedef {import('./time-limits.js').TimeLimits} TimeLimits */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

/** @type {Record<string, () => string>} */
const SHOWN = {
  list: () => _('Speakers'),
  message: () => _('Announcement'),
  join: () => _('How to join'),
  nothing: () => _('Nothing'),
};
const LONGEST_TEXT = 500;

export class RoomControls extends SessionElement {
  static keys = ['display', 'announcement', 'session', 'may/', 'me/person', 'presence'];

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('limit-person', (event) => this.#limits().open(/** @type {CustomEvent<string>} */ (event).detail));
  }

  render() {
    const usual = this.get('session')?.limits?.default_seconds ?? null;
    const time = usual === null ? _('no limit') : minutesText(usual);
    return html`<section class="room-controls" aria-label=${_('Room')}>
      ${commandButton({
        id: 'display', whyNot: this.session.whyNot('display.show'), run: () => this.#choose(),
        label: html`<span class="quiet">${_('Room display:')}</span> ${SHOWN[this.get('display')?.what ?? 'list']?.()}${downIcon}`,
      })}
      ${commandButton({ id: 'announce', label: _('Announce…'), whyNot: this.session.whyNot('announce'), run: () => this.#dialog().showModal() })}
      ${commandButton({ id: 'limits', label: html`<span class="quiet">${_('Speaking time:')}</span> ${time}`, whyNot: this.session.whyNot('list.limit'), run: () => this.#limits().open() })}
      <p class="quiet small push">${ngettext('{n} connected', '{n} connected', this.session.presence.count)}</p>
      <action-menu></action-menu>
      <time-limits .session=${this.session}></time-limits>
      ${this.#announceDialog()}
    </section>`;
  }

  #announceDialog() {
    return html`<dialog aria-labelledby="announce-title"><form @submit=${this.#announce}>
      <h2 id="announce-title">${_('Announcement')}</h2>
      <label class="field"><span class="label">${_('To everybody in the session')}</span><textarea name="text" required maxlength=${LONGEST_TEXT} dir="auto" autofocus></textarea></label>
      <label class="check"><input type="checkbox" name="display" checked> ${_('Also show it on the room display')}</label>
      <div class="actions"><button type="button" @click=${() => this.#dialog().close()}>${_('Cancel')}</button><button class="act">${_('Announce')}</button></div>
    </form></dialog>`;
  }

  #choose() {
    const { what = 'list' } = this.get('display') ?? {};
    const items = Object.entries(SHOWN).map(([each, name]) => ({ label: name(), current: each === what, run: () => this.#show(each) }));
    const menu = /** @type {ActionMenu} */ (this.querySelector('action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (this.querySelector('button')), _('Room display'), items);
  }

  /** @param {string} what */
  #show(what) {
    if (what === 'message' && !this.get('announcement')) return this.#dialog().showModal();
    return this.act('display.show', { what });
  }

  /** @param {SubmitEvent} event */
  async #announce(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = new FormData(form);
    const answer = await this.act('announce', { text: String(fields.get('text')).trim() });
    if (!answer.ok) return;
    if (fields.get('display')) this.act('display.show', { what: 'message' });
    form.reset();
    this.#dialog().close();
  }

  #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector(':scope > section > dialog'));
  }

  #limits() {
    return /** @type {TimeLimits} */ (this.querySelector('time-limits'));
  }
}

customElements.define('room-controls', RoomControls);
