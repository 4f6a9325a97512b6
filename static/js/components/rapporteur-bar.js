/**
 * `<rapporteur-bar>`: the top line: which session, who else writes, what is saved, and how the notes are sorted.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { call } from '../lib/http.js';
import { _, ngettext } from '../lib/i18n.js';
import { otherLanguages } from '../lib/languages.js';
import './action-menu.js';
import { downIcon } from './icons.js';
import './note-undo.js';
import './saved-chip.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

/** @type {Record<string, () => string>} */
const MODES = {
  attributed: () => _('Attribution: by name'),
  affiliation_only: () => _('Attribution: affiliation only'),
  non_attributed: () => _('Attribution: none'),
};

export class RapporteurBar extends SessionElement {
  static properties = { view: { attribute: false } };

  static keys = ['session', 'programme', 'notes', 'presence', 'person/'];

  constructor() {
    super();
    /** @type {'time'|'kind'|'item'} */
    this.view = 'time';
  }

  render() {
    const meeting = this.get('session');
    if (!meeting) return nothing;
    const item = meeting.number ? _('Agenda item {number}', { number: meeting.number }) : _('Session');
    return html`<header class="session-bar">
      <div class="where">
        <p class="label">${item} · ${this.#countText()}</p>
        <h1 class="clip" title=${meeting.title}><bdi>${meeting.short_title || meeting.title}</bdi></h1>
      </div>
      <p class="quiet small about">${this.#writersText()}<span class="mode">${MODES[meeting.attribution_mode]?.() ?? ''}</span></p>
      <saved-chip .session=${this.session}></saved-chip>
      <note-undo .session=${this.session}></note-undo>
      <div class="steps" role="group" aria-label=${_('Order of the notes')}>
        ${this.#viewButton('time', _('By time'))}${this.#viewButton('kind', _('By theme'))}${this.#viewButton('item', _('By agenda item'))}
      </div>
      <button type="button" class="more-sessions" aria-haspopup="menu" aria-expanded="false" @click=${this.#open}>${_('More')}${downIcon}</button>
      <action-menu></action-menu>
    </header>`;
  }

  /** @param {'time'|'kind'|'item'} view @param {string} name */
  #viewButton(view, name) {
    const chosen = () => this.dispatchEvent(new CustomEvent('view', { detail: view }));
    return html`<button type="button" aria-current=${view === this.view ? 'true' : nothing} @click=${chosen}>${name}</button>`;
  }

  #countText() {
    const { count = 0, released = 0 } = this.get('notes') ?? {};
    return `${ngettext('{n} note', '{n} notes', count)} · ${ngettext('{n} released', '{n} released', released)}`;
  }

  #writersText() {
    const here = this.all('person/').filter((/** @type {Person} */ { id, role }) => role === 'rapporteur' && this.session.presence.isConnected(id));
    return here.length > 1 ? html`<span>${ngettext('{n} rapporteur connected', '{n} rapporteurs connected', here.length)}</span>` : nothing;
  }

  /** @param {Event} event */
  async #open(event) {
    const opener = /** @type {HTMLElement} */ (event.currentTarget);
    const here = document.body.dataset.session ?? '';
    const { sessions = [] } = await call('GET', '/api/me').catch(() => ({}));
    const menu = /** @type {ActionMenu} */ (this.querySelector('action-menu'));
    menu.openAt(opener, _('More'), [
      { label: _('Draft on one page'), run: () => location.assign(`/sessions/${encodeURIComponent(here)}/draft?notes=all`) },
      { label: _('Download the record'), run: () => location.assign(`/api/sessions/${encodeURIComponent(here)}/record.html`) },
      ...sessions.map((/** @type {{id: string, number: string, short_title: string, title: string}} */ each, /** @type {number} */ index) => ({
        label: `${each.number} · ${each.short_title || each.title}`, line: !index, current: each.id === here,
        run: () => location.assign(`/sessions/${encodeURIComponent(each.id)}/rapporteur`),
      })),
      ...otherLanguages(),
    ]);
  }
}

customElements.define('rapporteur-bar', RapporteurBar);
