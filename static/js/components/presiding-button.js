/**
 * `<presiding-button>`: one tap that hands the chair over, on either tablet: to take it, or to give it to an alternate.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import './action-menu.js';
import { commandButton } from './command_button.js';
import { SessionElement } from './session_element.js';
import { toast } from './toast.js';
import { nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

const MAY_PRESIDE = new Set(['moderator', 'secretariat']);

export class PresidingButton extends SessionElement {
  static paced = true;

  static keys = ['session', 'person/', 'presence', 'may/', 'me/person'];

  render() {
    const presiding = this.get('session')?.presiding;
    const me = this.get('me/person');
    const whyNot = this.session.whyNot('session.preside');
    const chair = html`<small>${_('Chair:')} ${presiding === me?.id ? _('you') : presiding ? nameOf(this.get(`person/${presiding}`)) : _('nobody')}</small>`;
    if (whyNot === 'not_allowed' || !MAY_PRESIDE.has(me?.role)) return presiding ? html`<p class="chair">${chair}</p>` : nothing;
    if (presiding !== me.id) return this.#button(chair, _('Take the chair'), me, whyNot);
    return this.#handOver(chair, this.#alternates(me.id), whyNot);
  }

  /** One alternate is one tap away; of several, one is chosen. @param {unknown} chair @param {Person[]} alternates @param {string|null} whyNot */
  #handOver(chair, alternates, whyNot) {
    if (!alternates.length) return html`<p class="chair">${chair}</p>`;
    if (alternates.length === 1) return this.#button(chair, _('Hand over'), alternates[0], whyNot);
    return html`<button type="button" class="bare chair" aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => this.#choose(event, alternates)}><span class="words">${chair}<b>${_('Hand over…')}</b></span></button><action-menu></action-menu>`;
  }

  /** @param {unknown} chair @param {string} label @param {Person} to @param {string|null} whyNot */
  #button(chair, label, to, whyNot) {
    const whom = to.id === this.get('me/person')?.id ? nothing : html` <span class="visually-hidden">${_('to {name}', { name: nameText(to) })}</span>`;
    return commandButton({ id: 'preside', look: 'bare chair', label: html`<span class="words">${chair} <b>${label}</b>${whom}</span>`, whyNot, run: () => this.#pass(to) });
  }

  /** Who else may preside and is connected; where nobody is, all of them. @param {string} me @returns {Person[]} */
  #alternates(me) {
    const all = this.all('person/').filter((/** @type {Person} */ { id, role }) => role === 'moderator' && id !== me);
    const here = all.filter(({ id }) => this.session.presence.isConnected(id));
    return here.length ? here : all;
  }

  /** @param {Event} event @param {Person[]} alternates */
  #choose({ currentTarget }, alternates) {
    const items = alternates.map((person) => ({ label: nameText(person), run: () => this.#pass(person) }));
    /** @type {ActionMenu} */ (this.querySelector('action-menu')).openAt(/** @type {HTMLElement} */ (currentTarget), _('Hand over'), items);
  }

  /** @param {Person} person */
  async #pass(person) {
    const answer = await this.act('session.preside', { person: person.id });
    if (answer.ok) toast(_('{name} presides now.', { name: nameText(person) }));
  }
}

customElements.define('presiding-button', PresidingButton);
