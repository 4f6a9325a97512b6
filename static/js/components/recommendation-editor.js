/**
 * `<recommendation-editor>`: the dialog in which a recommendation is proposed, also from a note, or revised.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { addresseeNames, addresseesIn, MOST_ADDRESSEES } from '../lib/addressees.js';
import { _ } from '../lib/i18n.js';
import { newId } from '../live/ids.js';
import { SessionElement } from './session_element.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../lib/wire.js').Group} Group */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */

const LONGEST_TEXT = 10_000;
const LONGEST_TITLE = 200;
const LONGEST_NAME = 200;

export class RecommendationEditor extends SessionElement {
  static properties = { note: { state: true }, standing: { state: true }, text: { state: true } };

  constructor() {
    super();
    /** @type {Note|null} made from this note */
    this.note = null;
    /** @type {Recommendation|null} revised from this */
    this.standing = null;
    this.text = '';
  }

  /** @param {Note|null} [note] */
  propose(note = null) {
    return this.#open({ note, standing: null, text: note?.text ?? '' });
  }

  /** @param {Recommendation} standing @param {{text: string, title?: string, addressees?: string[]}} [written] before and not saved */
  revise(standing, written = standing) {
    return this.#open({ note: null, standing, ...written });
  }

  render() {
    const { standing, note } = this;
    const title = standing ? _('Revise {symbol}, version {version}', { symbol: standing.symbol, version: standing.version }) : _('New recommendation');
    return html`<dialog aria-labelledby="editor-title"><form @submit=${this.#submit}>
      <h2 id="editor-title">${title}</h2>
      ${note ? html`<p class="quiet small">${_('From the note; the link to it is kept.')}</p>` : nothing}
      <label class="field"><span class="label">${_('Title (optional)')}</span><input name="title" maxlength=${LONGEST_TITLE} dir="auto" ></label>
      <label class="field"><span class="label">${_('Text')}</span><textarea name="text" required maxlength=${LONGEST_TEXT} rows="6" dir="auto" autofocus @input=${this.#typed}></textarea></label>
      <div class="field"><label class="label" for="addressees">${_('Addressees (optional)')}</label><input id="addressees" name="addressees" dir="auto" aria-describedby="addressees-help" @input=${this.#addressed}>
        <p class="hint" id="addressees-help">${_('Who is to act on it; several with semicolons between them.')}</p></div>
      ${standing && this.text !== standing.text ? html`<div class="field"><span class="label">${_('What changes')}</span><p class="changes" dir="auto">${wordChanges(standing.text, this.text)}</p></div>` : nothing}
      <div class="actions"><button type="button" @click=${() => this.#dialog().close()}>${_('Cancel')}</button>
        <button class="act">${standing ? _('Make version {version}', { version: standing.version + 1 }) : _('Propose')}</button></div>
    </form></dialog>`;
  }

  /** @param {{note: Note|null, standing: Recommendation|null, text: string, title?: string, addressees?: string[]}} what */
  async #open({ note, standing, text, title = standing?.title, addressees = standing?.addressees }) {
    Object.assign(this, { note, standing, text });
    await this.updateComplete;
    this.#input('text').value = text;
    this.#input('title').value = title ?? '';
    this.#input('addressees').value = addresseeNames(addressees ?? [], this.#groups).join('; ');
    this.#dialog().showModal();
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.text = /** @type {HTMLTextAreaElement} */ (target).value;
  }

  /** @param {Event} event */
  #addressed({ target }) {
    const field = /** @type {HTMLInputElement} */ (target);
    const addressees = addresseesIn(field.value, this.#groups);
    const isTooMuch = addressees.length > MOST_ADDRESSEES || addressees.some((each) => each.length > LONGEST_NAME);
    field.setCustomValidity(isTooMuch ? _('At most {n} addressees, each in a few words.', { n: MOST_ADDRESSEES }) : '');
  }

  /** It is kept until it has arrived, so nobody waits for the answer here. @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const [text, title] = ['text', 'title'].map((name) => String(fields.get(name)).trim());
    const addressees = addresseesIn(String(fields.get('addressees')), this.#groups);
    if (!text) return;
    const { standing, note } = this;
    if (standing) {
      this.dispatchEvent(new CustomEvent('revised', { detail: standing.id }));
      this.act('recommendation.revise', { recommendation: standing.id, text, title, addressees }, { expect: { version: standing.version } });
    } else {
      this.act('recommendation.propose', { recommendation: newId(), text, ...(title && { title }), addressees, ...(note && { note: note.id, ...(note.group && { group: note.group }) }) });
    }
    this.#dialog().close();
  }

  /** @returns {Group[]|undefined} */
  get #groups() {
    return this.get('programme')?.groups;
  }

  /** @param {string} name */
  #input(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector('form')?.elements.namedItem(name));
  }

  #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }
}

customElements.define('recommendation-editor', RecommendationEditor);
