/**
 * `<session-menu>`: what happens to the session as a whole. Closing asks once, since it cannot be undone.
 */

import { html } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { deviceSettings } from '../lib/device_settings.js';
import { otherLanguages } from '../lib/languages.js';
import { statusName } from '../lib/names.js';
import './action-menu.js';
import { canStayAwake, setAwake, setSound } from './device_cues.js';
import { downIcon } from './icons.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./action-menu.js').Item} Item */

/** Which steps make sense in which status; whether they are allowed is the server's word. @type {Record<string, string[]>} */
const STEPS = {
  scheduled: ['session.start'],
  open: ['session.suspend', 'session.close'],
  suspended: ['session.resume', 'session.close'],
  closed: ['session.reopen'],
  finalised: [],
};
const READ_THE_RECORD = new Set(['moderator', 'rapporteur', 'secretariat']);

export class SessionMenu extends SessionElement {
  static paced = true;

  static keys = ['session', 'list', 'may/', 'me/person'];

  render() {
    const status = this.get('session')?.status ?? 'scheduled';
    return html`<button type="button" class="status" data-status=${status} aria-haspopup="menu" aria-expanded="false" @click=${this.#open}>
        <span class="dot"></span><span class="visually-hidden">${_('Session:')}</span> ${statusName(status)}${downIcon}</button>
      <action-menu></action-menu>
      <dialog aria-labelledby="close-title"><form method="dialog">
        <h2 id="close-title">${_('Close the session?')}</h2>
        <p>${this.#waitingText()} ${_('The session can be reopened, but closing it is not undone by “Undo”.')}</p>
        <div class="actions">
          <button>${_('Not yet')}</button>
          <button class="act" @click=${() => this.act('session.close')}>${_('Close the session')}</button>
        </div>
      </form></dialog>`;
  }

  #waitingText() {
    const waiting = this.get('list')?.waiting ?? 0;
    if (!waiting) return _('Nobody is left on the list of speakers.');
    return ngettext('{n} speaker still waits and will be recorded as not reached.', '{n} speakers still wait and will be recorded as not reached.', waiting);
  }

  /** @returns {Item[]} without what this role never does */
  #items() {
    /** @type {Record<string, () => string>} */
    const labels = {
      'session.start': () => _('Start the session'),
      'session.suspend': () => _('Suspend the session'),
      'session.resume': () => _('Resume the session'),
      'session.close': () => _('Close the session…'),
      'session.reopen': () => _('Reopen the session'),
    };
    /** @type {Item[]} */
    const items = (STEPS[this.get('session')?.status] ?? []).map((type) => ({
      label: labels[type](),
      whyNot: this.session.whyNot(type),
      danger: type === 'session.close',
      run: () => (type === 'session.close' ? this.querySelector('dialog')?.showModal() : this.act(type)),
    }));
    const record = `/api/sessions/${this.get('session')?.id}/record.html`;
    if (READ_THE_RECORD.has(this.get('me/person')?.role)) items.push({ label: _('Download the record'), run: () => location.assign(record) });
    return [...items.filter(({ whyNot }) => whyNot !== 'not_allowed'), ...this.#deviceItems(), ...otherLanguages()];
  }

  /** @param {Event} event */
  #open(event) {
    const menu = /** @type {ActionMenu} */ (this.querySelector('action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (event.currentTarget), _('Session'), this.#items());
  }

  /** What holds for this device only. @returns {Item[]} */
  #deviceItems() {
    const { sound, awake } = deviceSettings();
    return [
      { label: _('Sound for new requests'), line: true, check: sound, run: () => setSound(!sound) },
      {
        label: _('Keep the screen on'), check: canStayAwake && awake, run: () => setAwake(!awake),
        ...(canStayAwake ? {} : { whyNot: 'not_now', more: _('Not available: browsers offer it over HTTPS only.') }),
      },
    ];
  }
}

customElements.define('session-menu', SessionMenu);
