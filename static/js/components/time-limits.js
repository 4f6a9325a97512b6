/**
 * `<time-limits>`: how long people may speak: usually, by group, by kind, and one person; what a group has in common.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { inReadersLanguage, kindName } from '../lib/names.js';
import { SessionDialog } from './session_dialog.js';
import { nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').Group} Group */
/** @typedef {import('../lib/wire.js').Limits} Limits */

const CHOICES = [60, 90, 120, 150, 180, 240, 300, 420, 480, 600, 900, 1200];
const LONGEST_REASON = 300;
const COMMON_CHOICES = [300, 600, 900, 1200, 1800, 2700, 3600];
const KINDS = ['statement', 'joint_statement', 'question', 'panel_presentation', 'panellist_reply', 'point_of_order'];

export class TimeLimits extends SessionDialog {
  static properties = { ...SessionDialog.properties, person: { state: true } };

  static titledBy = 'limits-title';

  static keys = ['session', 'programme', 'person/'];

  constructor() {
    super();
    /** @type {string|null} whose speaking time is set; null: everybody's */
    this.person = null;
  }

  /** @param {string|null} [person] */
  open(person = null) {
    this.person = person;
    return this.show();
  }

  inside() {
    return html`<form method="dialog">
      <h2 id="limits-title">${_('Speaking time')}</h2>
      ${this.#fields()}
      <div class="actions"><button class="act">${_('Done')}</button></div>
    </form>`;
  }

  #fields() {
    return this.person ? this.#ofPerson(this.person) : this.#ofEverybody();
  }

  #ofEverybody() {
    /** @type {Partial<Limits>} */
    const limits = this.get('session')?.limits ?? {};
    /** @type {Group[]} */
    const groups = this.get('programme')?.groups ?? [];
    return html`<p class="hint">${_('Changes hold from the next speaker on. A person’s own time goes before that of a kind, that before a group’s.')}</p>
      ${this.#row(_('Usually'), limits.default_seconds ?? null, {}, _('no limit'))}
      ${limits.shared_seconds ? html`<div class="limit-row"><span>${_('The time left was shared out: {time} each', { time: minutesText(limits.shared_seconds) })}</span>
        <button type="button" @click=${() => this.act('list.share_time', { seconds: null })}>${_('Take it away')}</button></div>` : nothing}
      ${this.#part(_('By kind'), [
        ...KINDS.map((kind) => this.#row(kindName(kind), limits.kinds?.[kind] ?? null, { kind }, _('as usual'))),
        this.#row(_('Right of reply, the first'), limits.replies?.['1'] ?? null, { ordinal: 1 }, _('as usual')),
        this.#row(_('Right of reply, the second'), limits.replies?.['2'] ?? null, { ordinal: 2 }, _('as usual')),
      ])}
      ${groups.length ? [
        this.#part(_('By group, each speaker'), groups.map(({ id, name }) => this.#row(inReadersLanguage(name), limits.groups?.[id] ?? null, { category: id }, _('as usual')))),
        this.#part(_('By group, all its speakers together'), groups.map(({ id, name }) => this.#row(inReadersLanguage(name), limits.banks?.[id] ?? null, { category: id, bank: true }, _('no common time'), COMMON_CHOICES))),
      ] : nothing}`;
  }

  /** @param {string} title @param {unknown[]} rows */
  #part(title, rows) {
    return html`<fieldset class="field limits"><legend class="label">${title}</legend>${rows}</fieldset>`;
  }

  /** @param {string} id */
  #ofPerson(id) {
    const person = this.get(`person/${id}`);
    const usual = this.get('session')?.limits?.default_seconds;
    return html`<p id="whose-limit"><b>${nameOf(person)}</b></p>
      <p class="hint">${_('For example one minute more for a speaker with a disability.')}</p>
      <label class="field"><span class="label">${_('Reason (can be left empty; technical moderators and the list officer alone see it)')}</span>
        <input id="limit-reason" autocomplete="off" dir="auto" maxlength=${LONGEST_REASON}></label>
      <div class="choices" role="group" aria-labelledby="whose-limit">${CHOICES.map((seconds) => html`<button type="button" @click=${() => this.#setPerson(id, seconds)}>
        ${minutesText(seconds)}${seconds === usual ? html` <span class="quiet small">${_('usual')}</span>` : nothing}</button>`)}
        <button type="button" @click=${() => this.#setPerson(id, null)}>${_('as usual')}</button></div>`;
  }

  /**
   * @param {string} label
   * @param {number|null} seconds
   * @param {Record<string, unknown>} of
   * @param {string} none
   * @param {number[]} [offered]
   */
  #row(label, seconds, of, none, offered = CHOICES) {
    const choices = seconds && !offered.includes(seconds) ? [...offered, seconds].sort((a, b) => a - b) : offered;
    const changed = (/** @type {Event} */ { target }) => {
      const value = /** @type {HTMLSelectElement} */ (target).value;
      this.act('list.limit', { ...of, seconds: value ? Number(value) : null });
    };
    return html`<label class="limit-row"><span>${label}</span><select @change=${changed}>
      <option value="" .selected=${seconds === null}>${none}</option>
      ${choices.map((choice) => html`<option value=${choice} .selected=${choice === seconds}>${minutesText(choice)}</option>`)}</select></label>`;
  }

  /** @param {string} person @param {number|null} seconds */
  async #setPerson(person, seconds) {
    const reason = /** @type {HTMLInputElement} */ (this.querySelector('#limit-reason')).value.trim();
    const answer = await this.act('list.limit', { person, seconds, ...(reason && seconds !== null && { reason }) });
    if (answer.ok) this.close();
  }
}

customElements.define('time-limits', TimeLimits);
