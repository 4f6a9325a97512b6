/**
 * `<add-speaker>`: puts someone in the room on the list: two letters, a tap, done. Also a guest who is on no list.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { kindName } from '../lib/names.js';
import { findPeople } from '../lib/search.js';
import { placeOf, waitingOn } from '../lib/speakers.js';
import { ordinal } from '../lib/durations.js';
import { say } from './announcer.js';
import { plusIcon } from './icons.js';
import { SessionDialog } from './session_dialog.js';
import { affiliation, attendanceTag, groupTag, nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('../lib/wire.js').Group} Group */

const KINDS = ['statement', 'question', 'joint_statement', 'point_of_order', 'right_of_reply', 'panel_presentation', 'panellist_reply', 'video_statement', 'read_out'];

export class AddSpeaker extends SessionDialog {
  static properties = { ...SessionDialog.properties, query: { state: true }, kind: { state: true }, guest: { state: true }, replyTo: { state: true } };

  static titledBy = 'add-title';

  static look = 'add';

  static keys = ['person/', 'request/', 'programme', 'intervention/'];

  constructor() {
    super();
    this.query = '';
    this.kind = 'statement';
    this.guest = false;
    /** @type {string|null} the intervention that is replied to */
    this.replyTo = null;
  }

  /** @param {string|null} [replyTo] */
  open(replyTo = null) {
    this.replyTo = replyTo;
    this.query = '';
    this.kind = 'statement';
    this.guest = false;
    return this.show();
  }

  inside() {
    const people = findPeople(this.all('person/').filter((/** @type {Person} */ { role }) => role !== 'display'), this.query);
    return html`<div class="inside">
      <header class="row"><h2 id="add-title">${this.replyTo ? _('Reply to the speaker') : _('Add someone in the room')}</h2>
        <button type="button" class="bare push" @click=${this.close}>${_('Close')}</button></header>
      ${this.replyTo ? html`<p class="hint"><bdi>${nameText(this.get(`person/${this.get(`intervention/${this.replyTo}`)?.person}`))}</bdi></p>` : nothing}
      <div class="row find">
        <label class="field"><span class="label">${_('Name or organisation')}</span>
          <input type="search" autocomplete="off" autofocus maxlength="200" .value=${this.query} @input=${this.#typed} @keydown=${this.#keydown}></label>
        <label class="field"><span class="label">${_('Kind')}</span>
          <select @change=${this.#kindChosen}>${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${kindName(kind)}</option>`)}</select></label>
      </div>
      ${this.guest ? this.#guestForm() : this.#results(people)}
    </div>`;
  }

  /** @param {Person[]} people */
  #results(people) {
    const waiting = new Set(this.all('request/').filter((/** @type {FloorRequest} */ { status }) => status === 'waiting').map(({ person }) => person));
    const groups = this.get('programme')?.groups;
    return html`<ul class="results" @keydown=${this.#keydown}>${people.map((person) => html`
        <li><button type="button" class="result" @click=${() => this.#add({ person: person.id }, nameText(person))}>
          <span class="who"><span class="name">${nameOf(person)}</span><span class="quiet small">${affiliation(person)}</span>
          <span class="tags">${attendanceTag(person.attendance)}${groupTag(groups, person)}</span></span>
          ${waiting.has(person.id) ? html`<span class="tag now">${_('on the list')}</span>` : plusIcon}</button></li>`)}
      ${this.query.trim().length > 1 ? html`<li><button type="button" class="result" @click=${() => { this.guest = true; }}>
          <span class="who"><span class="name">${people.length ? _('Somebody else…') : _('Nobody found. Add as a guest…')}</span><span class="quiet small"><bdi>${this.query.trim()}</bdi></span></span>${plusIcon}</button></li>`
        : html`<li class="quiet small hint">${_('Two letters are enough, in any script.')}</li>`}</ul>`;
  }

  #guestForm() {
    /** @type {Group[]} */
    const groups = this.get('programme')?.groups ?? [];
    return html`<form class="stack" @submit=${this.#addGuest}>
      <label class="field"><span class="label">${_('Name of the guest')}</span><input name="name" required maxlength="200" dir="auto" .value=${this.query.trim()}></label>
      <label class="field"><span class="label">${_('Organisation (optional)')}</span><input name="organisation" maxlength="200" dir="auto"></label>
      ${groups.length ? html`<label class="field"><span class="label">${_('Group (optional)')}</span><select name="group"><option value=""></option>
        ${groups.map((group) => html`<option value=${group.id}>${group.name[document.documentElement.lang] ?? group.name.en}</option>`)}</select></label>` : nothing}
      <div class="actions"><button type="button" @click=${() => { this.guest = false; }}>${_('Back')}</button><button class="act">${_('Add to the list')}</button></div>
    </form>`;
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.query = /** @type {HTMLInputElement} */ (target).value;
  }

  /** @param {Event} event */
  #kindChosen({ target }) {
    this.kind = /** @type {HTMLSelectElement} */ (target).value;
  }

  /** Enter takes the first; arrows move through what was found. @param {KeyboardEvent} event */
  #keydown(event) {
    const results = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.result')]);
    const at = results.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === 'Enter' && at < 0) return results[0]?.click();
    if (event.key === 'ArrowDown') results[Math.min(at + 1, results.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (results[at - 1] ?? this.querySelector('input'))?.focus();
    else return;
    event.preventDefault();
  }

  /** @param {SubmitEvent} event */
  #addGuest(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const [name, organisation, group] = ['name', 'organisation', 'group'].map((field) => String(form.get(field) ?? '').trim());
    this.#add({ guest: { name, ...(organisation && { organisation }), ...(group && { group }), attendance: 'in_room' } }, name);
  }

  /** @param {Record<string, unknown>} whom @param {string} name */
  async #add(whom, name) {
    const answer = await this.act('floor.request', { kind: this.kind, ...whom, ...(this.replyTo && { reply_to: this.replyTo }) });
    if (!answer.ok) return;
    this.close();
    const place = placeOf(waitingOn(this.all('request/')), answer.result?.request ?? '');
    say(place ? _('{name} is on the list, {place}', { name, place: ordinal(place) }) : _('{name} is on the list', { name }));
  }
}

customElements.define('add-speaker', AddSpeaker);
