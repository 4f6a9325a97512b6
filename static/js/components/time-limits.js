/**
 * `<time-limits>`: how long people may speak: usually, by group, by kind, and one person.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { inReadersLanguage, kindName } from '../lib/names.js';
import { SessionElement } from './session_element.js';
import { nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').Group} Group */

const CHOICES = [60, 90, 120, 150, 180, 240, 300, 420, 480, 600, 900, 1200];
const KINDS = ['statement', 'joint_statement', 'question', 'panel_presentation', 'panellist_reply', 'right_of_reply', 'point_of_order'];

export class TimeLimits extends SessionElement {
  static properties = { person: { state: true } };

  static keys = ['session', 'programme', 'person/'];

  constructor() {
    super();
    /** @type {string|null} whose speaking time is set; null: everybody's */
    this.person = null;
  }

  /** @param {string|null} [person] */
  open(person = null) {
    this.person = person;
    /** @type {HTMLDialogElement} */ (this.querySelector('dialog')).showModal();
  }

  render() {
    return html`<dialog aria-labelledby="limits-title"><form method="dialog">
      <h2 id="limits-title">${_('Speaking time')}</h2>
      ${this.person ? this.#ofPerson(this.person) : this.#ofEverybody()}
      <div class="actions"><button class="act">${_('Done')}</button></div>
    </form></dialog>`;
  }

  #ofEverybody() {
    const limits = this.get('session')?.limits ?? {};
    /** @type {Group[]} */
    const groups = this.get('programme')?.groups ?? [];
    return html`<p class="hint">${_('Changes hold from the next speaker on. A person’s own time goes before that of a kind, that before a group’s.')}</p>
      ${this.#row(_('Usually'), limits.default_seconds ?? null, {}, _('no limit'))}
      <fieldset class="field limits"><legend class="label">${_('By kind')}</legend>
        ${KINDS.map((kind) => this.#row(kindName(kind), limits.kinds?.[kind] ?? null, { kind }, _('as usual')))}</fieldset>
      ${groups.length ? html`<fieldset class="field limits"><legend class="label">${_('By group')}</legend>
        ${groups.map(({ id, name }) => this.#row(inReadersLanguage(name), limits.groups?.[id] ?? null, { category: id }, _('as usual')))}</fieldset>` : nothing}`;
  }

  /** @param {string} id */
  #ofPerson(id) {
    const person = this.get(`person/${id}`);
    const usual = this.get('session')?.limits?.default_seconds;
    return html`<p id="whose-limit"><b>${nameOf(person)}</b></p>
      <p class="hint">${_('For example one minute more for a speaker with a disability. The reason is shown to nobody.')}</p>
      <div class="choices" role="group" aria-labelledby="whose-limit">${CHOICES.map((seconds) => html`<button type="button" @click=${() => this.#setPerson(id, seconds)}>
        ${minutesText(seconds)}${seconds === usual ? html` <span class="quiet small">${_('usual')}</span>` : nothing}</button>`)}
        <button type="button" @click=${() => this.#setPerson(id, null)}>${_('as usual')}</button></div>`;
  }

  /** @param {string} label @param {number|null} seconds @param {Record<string, string>} of @param {string} none */
  #row(label, seconds, of, none) {
    const choices = seconds && !CHOICES.includes(seconds) ? [...CHOICES, seconds].sort((a, b) => a - b) : CHOICES;
    const changed = (/** @type {Event} */ { target }) => {
      const value = /** @type {HTMLSelectElement} */ (target).value;
      this.act('list.limit', { ...of, seconds: value ? Number(value) : null });
    };
    return html`<label class="limit-row"><span>${label}</span><select @change=${changed}>
      <option value="" ?selected=${seconds === null}>${none}</option>
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === seconds}>${minutesText(choice)}</option>`)}</select></label>`;
  }

  /** @param {string} person @param {number|null} seconds */
  async #setPerson(person, seconds) {
    const answer = await this.act('list.limit', { person, seconds });
    if (answer.ok) this.querySelector('dialog')?.close();
  }
}

customElements.define('time-limits', TimeLimits);
