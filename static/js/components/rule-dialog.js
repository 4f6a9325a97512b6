/**
 * `<rule-dialog>`: by which rule the list is ordered, what the rule needs to know, and whether it is kept up by itself.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { inReadersLanguage, ruleName } from '../lib/names.js';
import { RULE_IDS, ruleMeaning } from '../lib/rule_words.js';
import { SessionDialog } from './session_dialog.js';

/** @typedef {import('../lib/wire.js').ListOfSpeakers} ListOfSpeakers */
/** @typedef {import('../lib/wire.js').Group} Group */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MOST_SHARE = 1000;

export class RuleDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, rule: { state: true }, by: { state: true }, letter: { state: true } };

  static titledBy = 'rule-title';

  static look = 'choose-rule';

  constructor() {
    super();
    this.rule = '';
    this.by = 'group';
    this.letter = 'A';
  }

  /** Begin with what is in force; what is chosen is not touched by what happens meanwhile. */
  async open() {
    /** @type {ListOfSpeakers} */
    const list = this.get('list');
    [this.rule, this.by, this.letter] = [list.rule, list.by ?? 'group', list.letter?.toUpperCase() ?? 'A'];
    await this.show();
    /** @type {HTMLElement|null} */ (this.querySelector('input:checked'))?.focus();
  }

  inside() {
    return html`<form @submit=${this.#set}>
      <h2 id="rule-title">${_('Rule of the list')}</h2>
      ${this.#fields()}
      <div class="actions"><button type="button" @click=${this.close}>${_('Cancel')}</button><button class="act">${_('Use this rule')}</button></div>
    </form>`;
  }

  #fields() {
    /** @type {ListOfSpeakers|undefined} */
    const list = this.get('list');
    return html`<p class="hint">${_('A rule suggests whom to give the floor next. You decide; where you decide otherwise, the record says so.')}</p>
      <fieldset class="field rules"><legend class="visually-hidden">${_('Rule')}</legend>${RULE_IDS.map((rule) => this.#choice(rule))}</fieldset>
      ${this.rule === 'manual' ? nothing : html`<label class="check"><input type="checkbox" name="automatic" ?checked=${list?.automatic}>
        <span>${_('Keep the list in this order by itself')} <small class="quiet">${_('Those whom you place by hand stay where you put them.')}</small></span></label>`}`;
  }

  /** @param {string} rule */
  #choice(rule) {
    const chosen = rule === this.rule;
    return html`<label class="rule-choice"><input type="radio" name="rule" value=${rule} .checked=${chosen} @change=${() => { this.rule = rule; }}>
        <span><b>${ruleName(rule)}</b> <small class="quiet">${ruleMeaning(rule)}</small></span></label>
      ${chosen && rule === 'quota' ? this.#shares() : nothing}
      ${chosen && rule === 'alphabetical_from_letter' ? this.#letters() : nothing}`;
  }

  #letters() {
    return html`<div class="row more-of-rule">
      <label class="field"><span class="label">${_('From the letter')}</span><select name="letter" .value=${this.letter} @change=${(/** @type {Event} */ { target }) => { this.letter = /** @type {HTMLSelectElement} */ (target).value; }}>
        ${[...ALPHABET].map((letter) => html`<option ?selected=${letter === this.letter}>${letter}</option>`)}</select></label>
      <button type="button" @click=${this.#draw}>${_('Draw a letter')}</button></div>`;
  }

  #shares() {
    const shares = this.get('list')?.by === this.by ? this.get('list').shares : {};
    return html`<div class="stack more-of-rule">
      <label class="field"><span class="label">${_('Shares of')}</span><select name="by" @change=${(/** @type {Event} */ { target }) => { this.by = /** @type {HTMLSelectElement} */ (target).value; }}>
        ${[['group', _('Groups')], ['attendance', _('Room and remote')], ['region', _('Regions')]].map(([id, name]) => html`<option value=${id} ?selected=${id === this.by}>${name}</option>`)}</select></label>
      ${this.#categories().length ? html`<p class="hint">${_('Numbers that count against each other: 2 is twice as often as 1, and 0 comes last.')}</p>` : html`<p class="wrong">${_('Nobody here has a region.')}</p>`}
      <div class="shares">${this.#categories().map(([id, name]) => html`<label class="hands-field"><span>${name}</span>
        <input type="number" inputmode="numeric" required min="0" max=${MOST_SHARE} name="share ${id}" .value=${String(shares[id] ?? 1)}></label>`)}</div></div>`;
  }

  /** @returns {string[][]} id and name */
  #categories() {
    if (this.by === 'attendance') return [['in_room', _('In the room')], ['remote', _('Remote')]];
    /** @type {Group[]} */
    const groups = this.get('programme')?.groups ?? [];
    if (this.by === 'group') return groups.map(({ id, name }) => [id, inReadersLanguage(name)]);
    const regions = new Set(this.all('person/').map(({ region }) => region).filter(Boolean));
    return [...regions].sort().map((region) => [region, region]);
  }

  #draw() {
    const drawn = crypto.getRandomValues(new Uint32Array(1))[0] % ALPHABET.length;
    this.letter = ALPHABET[drawn];
  }

  /** @param {SubmitEvent} event */
  async #set(event) {
    event.preventDefault();
    const fields = new FormData(this.#form());
    const automatic = this.rule !== 'manual' && fields.has('automatic');
    const params = this.#params(fields);
    const answer = await this.act('list.rule', { rule: this.rule, automatic, ...(params && { params }) });
    if (!answer.ok) return;
    this.close();
    if (!automatic && this.rule !== 'manual' && this.get('list')?.waiting > 1) this.dispatchEvent(new CustomEvent('arrange', { bubbles: true }));
  }

  /** @param {FormData} fields */
  #params(fields) {
    if (this.rule === 'alphabetical_from_letter') return { letter: this.letter };
    if (this.rule !== 'quota') return null;
    const shares = Object.fromEntries(this.#categories().map(([id]) => [id, Number(fields.get(`share ${id}`))]));
    return { by: this.by, shares };
  }

  #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }
}

customElements.define('rule-dialog', RuleDialog);
