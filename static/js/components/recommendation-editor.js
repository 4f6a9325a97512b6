/**
 * `<recommendation-editor>`: the dialog in which a recommendation is proposed, also from a note, revised, or amended.
 *
 * A revision can take in an amendment; an amendment is a text alone, and leaves what stands as it is.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { addresseeNames, addresseesIn, MOST_ADDRESSEES } from '../lib/addressees.js';
import { _ } from '../lib/i18n.js';
import { newId } from '../live/ids.js';
import { bracketHint } from './bracketed_text.js';
import { SessionDialog } from './session_dialog.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../lib/wire.js').Group} Group */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('../lib/wire_documents.js').Amendment} Amendment */
/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */

const LONGEST_TEXT = 10_000;
const LONGEST_TITLE = 200;
const LONGEST_NAME = 200;

export class RecommendationEditor extends SessionDialog {
  static properties = { ...SessionDialog.properties, note: { state: true }, standing: { state: true }, text: { state: true }, amendment: { state: true }, amending: { state: true } };

  static titledBy = 'editor-title';

  constructor() {
    super();
    /** @type {Note|null} made from this note */
    this.note = null;
    /** @type {Recommendation|null} revised or amended from this */
    this.standing = null;
    /** @type {string|null} the amendment that the revision takes in */
    this.amendment = null;
    this.amending = false;
    this.text = '';
  }

  /** @param {Note|null} [note] */
  propose(note = null) {
    return this.#open({ note, standing: null, text: note?.text ?? '' });
  }

  /** @param {Recommendation} standing @param {{text: string, title?: string, addressees?: string[], amendment?: string}} [written] before and not saved */
  revise(standing, { text, title, addressees, amendment } = standing) {
    return this.#open({ note: null, standing, text, title, addressees, amendment });
  }

  /** @param {Recommendation} standing @param {Amendment} amendment */
  takeIn(standing, amendment) {
    return this.#open({ note: null, standing, text: amendment.text, amendment: amendment.id });
  }

  /** @param {Recommendation} standing */
  amend(standing) {
    return this.#open({ note: null, standing, text: standing.text, amending: true });
  }

  inside() {
    const { standing, amending } = this;
    return html`<form @submit=${this.#submit}>
      <h2 id="editor-title">${this.#title()}</h2>
      ${this.#origin()}
      <label class="field" ?hidden=${amending}><span class="label">${_('Title (optional)')}</span><input name="title" maxlength=${LONGEST_TITLE} dir="auto" ></label>
      <label class="field"><span class="label">${_('Text')}</span><textarea name="text" required maxlength=${LONGEST_TEXT} rows="6" dir="auto" autofocus @input=${this.#typed}></textarea></label>
      <div role="status">${bracketHint(this.text)}</div>
      <div class="field" ?hidden=${amending}><label class="label" for="addressees">${_('Addressees (optional)')}</label><input id="addressees" name="addressees" dir="auto" aria-describedby="addressees-help" @input=${this.#addressed}>
        <p class="hint" id="addressees-help">${_('Who is to act on it; several with semicolons between them.')}</p></div>
      ${standing && this.text !== standing.text ? html`<div class="field"><span class="label">${_('What changes')}</span><p class="changes" dir="auto">${wordChanges(standing.text, this.text)}</p></div>` : nothing}
      <div class="actions"><button type="button" @click=${this.close}>${_('Cancel')}</button>
        <button class="act">${this.#verb()}</button></div>
    </form>`;
  }

  #title() {
    const { standing } = this;
    if (!standing) return _('New recommendation');
    const named = { symbol: standing.symbol, version: standing.version };
    return this.amending ? _('Amendment to {symbol}, version {version}', named) : _('Revise {symbol}, version {version}', named);
  }

  #verb() {
    if (!this.standing) return _('Propose');
    return this.amending ? _('Propose the amendment') : _('Make version {version}', { version: this.standing.version + 1 });
  }

  #origin() {
    if (this.note) return html`<p class="quiet small">${_('From the note; the link to it is kept.')}</p>`;
    return this.amendment ? html`<p class="quiet small">${_('The new version says which amendment it has taken in.')}</p>` : nothing;
  }

  /** @param {{note: Note|null, standing: Recommendation|null, text: string, title?: string, addressees?: string[], amendment?: string|null, amending?: boolean}} what */
  async #open({ note, standing, text, title = standing?.title, addressees = standing?.addressees, amendment = null, amending = false }) {
    Object.assign(this, { note, standing, text, amendment, amending });
    await this.show();
    this.#input('text').value = text;
    this.#input('title').value = title ?? '';
    this.#input('addressees').value = addresseeNames(addressees ?? [], this.#groups).join('; ');
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
    const { standing, note, amendment } = this;
    if (standing && this.amending) {
      this.act('recommendation.amend', { recommendation: standing.id, amendment: newId(), version: standing.version, text });
    } else if (standing) {
      this.dispatchEvent(new CustomEvent('revised', { detail: standing.id, bubbles: true }));
      this.act('recommendation.revise', { recommendation: standing.id, text, title, addressees, ...(amendment && { amendment }) }, { expect: { version: standing.version } });
    } else {
      this.act('recommendation.propose', { recommendation: newId(), text, ...(title && { title }), addressees, ...(note && { note: note.id, ...(note.group && { group: note.group }) }) });
    }
    this.close();
  }

  /** @returns {Group[]|undefined} */
  get #groups() {
    return this.get('programme')?.groups;
  }

  /** @param {string} name */
  #input(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector('form')?.elements.namedItem(name));
  }
}

customElements.define('recommendation-editor', RecommendationEditor);
