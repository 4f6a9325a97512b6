/**
 * `<poll-form>`: a poll on a version of a recommendation, or on a question of one's own; opened at once or prepared.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { presetLabels, presetName, PRESETS, textName } from '../lib/poll_words.js';
import { CANNOT_SUPPORT } from '../lib/polls.js';
import './clipped-text.js';
import { commandButton } from './command_button.js';
import './poll-options.js';
import { SessionDialog } from './session_dialog.js';

/** @typedef {import('../lib/polls.js').Text} Text */

const LONGEST_QUESTION = 1_000;
const OWN = 'own';

export class PollForm extends SessionDialog {
  static properties = { ...SessionDialog.properties, text: { state: true }, version: { state: true }, preset: { state: true }, secret: { state: true }, wrong: { state: true } };

  static titledBy = 'poll-form-title';

  static look = 'poll-form';

  static keys = ['recommendation/', 'may/', 'me/person'];

  constructor() {
    super();
    /** The recommendation's id; null: a question. @type {string|null} */
    this.text = null;
    /** The version that was read here. */
    this.version = 0;
    this.preset = 'support_scale';
    this.secret = false;
    this.wrong = '';
  }

  /** @param {string|null} text */
  open(text) {
    this.text = text;
    this.version = this.#current()?.version ?? 0;
    this.preset = 'support_scale';
    this.secret = false;
    this.wrong = '';
    return this.show();
  }

  inside() {
    return html`<form novalidate @submit=${this.#submit}>
      <h2 id="poll-form-title">${this.text ? _('Indicative poll on {recommendation}', { recommendation: textName(this.#current()) }) : _('Indicative poll on a question')}</h2>
      ${this.text ? this.#about() : html`<label class="field"><span class="label">${_('Question')}</span><textarea name="question" dir="auto" maxlength=${LONGEST_QUESTION} autofocus></textarea></label>`}
      ${this.#options()}
      <fieldset class="field"><legend class="label">${_('One answer')}</legend><div class="choices">
        ${this.#choice('unit', 'delegation', _('per delegation'), true)}${this.#choice('unit', 'person', _('per person'))}</div></fieldset>
      ${this.#ballot()}
      <label class="field"><span class="label">${_('Everybody sees the numbers')}</span><select name="results">
        <option value="after_close">${_('when it closes')}</option>${this.secret ? nothing : html`<option value="live">${_('as they come')}</option>`}<option value="when_published">${_('when they are published')}</option></select></label>
      ${this.secret ? nothing : html`${this.#reasons()}
      <label class="check"><input type="checkbox" name="by_hands"> ${_('Those in the room raise their hands, and I enter the counts')}</label>`}
      <p class="hint">${_('The poll is indicative: nothing is adopted by it.')}</p>
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
      <div class="actions">
        <button type="button" @click=${this.close}>${_('Cancel')}</button>
        ${commandButton({ id: 'draft-poll', label: _('Only prepare'), whyNot: this.session.whyNot('poll.draft'), run: () => this.#send('poll.draft') })}
        ${commandButton({ id: 'open-poll', look: 'act', label: this.text ? _('Open on version {version}', { version: this.version }) : _('Open the poll'), whyNot: this.session.whyNot('poll.open'), run: () => this.#send('poll.open') })}
      </div>
    </form>`;
  }

  #about() {
    const text = this.#current();
    if (!text) return nothing;
    const newer = text.version !== this.version;
    return html`<div class="about">${text.title ? html`<p dir="auto"><b>${text.title}</b></p>` : nothing}<clipped-text .text=${text.text} quoted></clipped-text>
      ${newer ? html`<div class="notice now"><p>${_('The text has been revised: this is version {version}.', { version: text.version })}</p>
        <button type="button" @click=${() => { this.version = text.version; }}>${_('Ask about version {version}', { version: text.version })}</button></div>` : nothing}</div>`;
  }

  #ballot() {
    const choose = (/** @type {boolean} */ secret) => () => { this.secret = secret; };
    return html`<fieldset class="field"><legend class="label">${_('Answers are')}</legend>
      <div class="choices">${this.#choice('ballot', 'recorded', _('recorded'), true, choose(false))}${this.#choice('ballot', 'secret', _('secret'), false, choose(true))}</div>
      <span class="hint">${this.secret
        ? _('Neither participants nor the moderator’s team can see who chose what. An answer cannot be changed; no numbers before it closes, no reasons, no hands in the room.')
        : _('Kept with who gave them, and can be changed until it closes.')}</span></fieldset>`;
  }

  #options() {
    return html`<label class="field"><span class="label">${_('Answers')}</span><select name="preset" @change=${(/** @type {Event} */ event) => { this.preset = /** @type {HTMLSelectElement} */ (event.target).value; }}>
        ${Object.keys(PRESETS).map((preset) => html`<option value=${preset} .selected=${preset === this.preset}>${presetName(preset)}</option>`)}<option value=${OWN} .selected=${this.preset === OWN}>${_('My own…')}</option></select>
        ${this.preset === OWN ? nothing : html`<span class="hint">${presetLabels(this.preset)}</span>`}</label>
      ${this.preset === OWN ? html`<poll-options></poll-options>` : nothing}`;
  }

  #reasons() {
    const asks = PRESETS[this.preset]?.includes(CANNOT_SUPPORT);
    return html`<label class="field"><span class="label">${_('Reasons')}</span><select name="reasons">
      <option value="never">${_('none')}</option><option value="optional">${_('possible')}</option>
      ${asks ? html`<option value="required_for_cannot_support">${_('needed for “Cannot support”')}</option>` : nothing}</select></label>`;
  }

  /** @param {string} name @param {string} value @param {string} label @param {boolean} [checked] @param {() => void} [chosen] */
  #choice(name, value, label, checked = false, chosen = () => {}) {
    return html`<label class="choice"><input type="radio" name=${name} value=${value} ?checked=${checked} @change=${chosen}><span>${label}</span></label>`;
  }

  /** @param {SubmitEvent} event Enter in a field sends nothing: opening is a tap. */
  #submit(event) {
    event.preventDefault();
  }

  /** @param {'poll.draft'|'poll.open'} type */
  async #send(type) {
    const data = this.#data();
    if (!data) return;
    const expect = type === 'poll.open' && this.text ? { expect: { version: this.version } } : {};
    const answer = await this.act(type, data, expect);
    if (answer.ok) this.close();
  }

  /** @returns {Record<string, unknown>|null} */
  #data() {
    const fields = new FormData(/** @type {HTMLFormElement} */ (this.querySelector('form')));
    const labels = fields.getAll('option').map((label) => String(label).trim()).filter(Boolean);
    const question = String(fields.get('question') ?? '').trim();
    this.wrong = !this.text && !question ? _('Please write the question.') : this.preset === OWN && labels.length < 2 ? _('Please write at least two answers.') : '';
    if (this.wrong) return null;
    return {
      ...(this.text ? { recommendation: this.text } : { question }),
      ...(this.preset === OWN ? { options: labels.map((label) => ({ label })) } : { preset: this.preset }),
      ballot: fields.get('ballot'), unit: fields.get('unit'), results: fields.get('results'), reasons: fields.get('reasons') ?? 'never', room: fields.get('by_hands') ? 'by_hands' : 'by_app',
    };
  }

  /** @returns {Text|undefined} */
  #current() {
    return this.text ? this.get(`recommendation/${this.text}`) : undefined;
  }
}

customElements.define('poll-form', PollForm);
