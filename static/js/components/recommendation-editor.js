/**
 * `<recommendation-editor>`: the dialog in which a recommendation is proposed, also from a note, or revised.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { newId } from '../live/ids.js';
import { SessionElement } from './session_element.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */

const LONGEST_TEXT = 10_000;
const LONGEST_TITLE = 200;

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

  /** @param {Recommendation} standing @param {string} [text] written before and not saved */
  revise(standing, text = standing.text) {
    return this.#open({ note: null, standing, text });
  }

  render() {
    const { standing, note } = this;
    const title = standing ? _('Revise {symbol}, version {version}', { symbol: standing.symbol, version: standing.version }) : _('New recommendation');
    return html`<dialog aria-labelledby="editor-title"><form @submit=${this.#submit}>
      <h2 id="editor-title">${title}</h2>
      ${note ? html`<p class="quiet small">${_('From the note; the link to it is kept.')}</p>` : nothing}
      <label class="field"><span class="label">${_('Title (optional)')}</span><input name="title" maxlength=${LONGEST_TITLE} dir="auto" .value=${standing?.title ?? ''}></label>
      <label class="field"><span class="label">${_('Text')}</span><textarea name="text" required maxlength=${LONGEST_TEXT} rows="6" dir="auto" autofocus @input=${this.#typed}></textarea></label>
      ${standing && this.text !== standing.text ? html`<div class="field"><span class="label">${_('What changes')}</span><p class="changes" dir="auto">${wordChanges(standing.text, this.text)}</p></div>` : nothing}
      <div class="actions"><button type="button" @click=${() => this.#dialog().close()}>${_('Cancel')}</button>
        <button class="act">${standing ? _('Make version {version}', { version: standing.version + 1 }) : _('Propose')}</button></div>
    </form></dialog>`;
  }

  /** @param {{note: Note|null, standing: Recommendation|null, text: string}} what */
  async #open(what) {
    Object.assign(this, what);
    await this.updateComplete;
    /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea')).value = what.text;
    this.#dialog().showModal();
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.text = /** @type {HTMLTextAreaElement} */ (target).value;
  }

  /** It is kept until it has arrived, so nobody waits for the answer here. @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const [text, title] = ['text', 'title'].map((name) => String(fields.get(name)).trim());
    if (!text) return;
    const { standing, note } = this;
    if (standing) {
      this.dispatchEvent(new CustomEvent('revised', { detail: standing.id }));
      this.act('recommendation.revise', { recommendation: standing.id, text, title }, { expect: { version: standing.version } });
    } else {
      this.act('recommendation.propose', { recommendation: newId(), text, ...(title && { title }), ...(note && { note: note.id, ...(note.group && { group: note.group }) }) });
    }
    this.#dialog().close();
  }

  #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }
}

customElements.define('recommendation-editor', RecommendationEditor);
