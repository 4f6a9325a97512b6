/**
 * `<link-dialog>`: says which person of the list a guest is who was typed in; what was the guest's becomes theirs.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { findPeople } from '../lib/search.js';
import { say } from './announcer.js';
import { SessionDialog } from './session_dialog.js';
import { affiliation, attendanceTag, nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Person} Person */

export class LinkDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, guest: { state: true }, query: { state: true } };

  static titledBy = 'link-title';

  static look = 'add';

  constructor() {
    super();
    /** @type {Person|null} */
    this.guest = null;
    this.query = '';
  }

  /** @param {string} guest */
  open(guest) {
    this.guest = this.get(`person/${guest}`) ?? null;
    this.query = this.guest?.name ?? '';
    return this.show();
  }

  inside() {
    /** @type {Person[]} */
    const people = this.all('person/').filter(({ guest, role }) => !guest && role !== 'display');
    const found = findPeople(people, this.query);
    return html`<div class="inside">
      <header class="row"><h2 id="link-title">${_('Who is this guest?')}</h2><button type="button" class="bare push" @click=${this.close}>${_('Close')}</button></header>
      <p class="hint"><b>${nameOf(this.guest ?? undefined)}</b> · ${_('Requests and speaking times of the guest become those of the person.')}</p>
      <label class="field"><span class="label">${_('Name or organisation')}</span><input type="search" autocomplete="off" maxlength="200" .value=${this.query} @input=${this.#typed}></label>
      <ul class="results">${found.length ? found.map((person) => html`<li><button type="button" class="result" @click=${() => this.#link(person)}>
        <span class="who"><span class="name">${nameOf(person)}</span><span class="quiet small">${affiliation(person)}</span><span class="tags">${attendanceTag(person.attendance)}</span></span></button></li>`)
        : html`<li class="quiet small hint">${_('Nobody found. Try a part of the name.')}</li>`}</ul>
    </div>`;
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.query = /** @type {HTMLInputElement} */ (target).value;
  }

  /** @param {Person} person */
  async #link(person) {
    const answer = await this.act('person.link', { from: this.guest?.id, person: person.id });
    if (!answer.ok) return;
    this.close();
    say(_('guest linked to {name}', { name: nameText(person) }));
  }
}

customElements.define('link-dialog', LinkDialog);
