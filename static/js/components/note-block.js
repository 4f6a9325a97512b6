/**
 * `<note-block>`: one note: its kind, its text to write in, whose point it is, and whether it is saved.
 *
 * What others type into it shows at once, also in a field in use, where the caret stays between the letters where it was.
 */

import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { attributionName, kindOfKey, noteKindName } from '../lib/note_kinds.js';
import { groupName } from '../lib/names.js';
import { keysAreOn } from '../lib/note_keys.js';
import { fitToText } from './fitting.js';
import { checkIcon, moreIcon } from './icons.js';
import { NoteField } from './note_field.js';
import { refusedText } from './refused_text.js';
import { writersLine } from './writers_line.js';

/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('../live/note_desk.js').NoteDesk} NoteDesk */
/** @typedef {import('../live/note_desk.js').NoteState} NoteState */

export class NoteBlock extends LitElement {
  static properties = {
    session: { attribute: false }, desk: { attribute: false }, note: { attribute: false }, state: { attribute: false },
    lineage: { attribute: false }, about: { attribute: false }, writers: { attribute: false },
  };

  /** @type {NoteField|undefined} */
  #written;

  constructor() {
    super();
    /** @type {import('../live/live_session.js').LiveSession} */
    // @ts-expect-error Set by the stream.
    this.session = undefined;
    /** @type {NoteDesk} */
    // @ts-expect-error Set by the stream.
    this.desk = undefined;
    /** @type {Note} */
    // @ts-expect-error Set by the stream.
    this.note = undefined;
    /** @type {NoteState} */
    this.state = 'saved';
    this.lineage = '';
    this.about = '';
    /** Who else writes here just now. @type {import('../lib/wire.js').Person[]} */
    this.writers = [];
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { note } = this;
    const kind = noteKindName(note.kind);
    return html`<div class="note" data-state=${this.state} data-kind=${note.kind}>
      <button type="button" class="bare kind" aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => this.#menu(event, 'kind')}><span>${kind} <small>${attributionName(note.attribution)}</small></span></button>
      <div class="writing">
        <textarea rows="1" dir="auto" aria-label=${_('Note: {kind}', { kind })} @keydown=${this.#keydown} @focus=${() => this.#written?.bind()} @blur=${this.#left}></textarea>
        ${writersLine(this.writers)}
        ${this.#facts()}
      </div>
      <span class="state">${this.#stateText()}</span>
      <button type="button" class="bare icon" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Actions for this note')} @click=${(/** @type {Event} */ event) => this.#menu(event, 'more')}>${moreIcon}</button>
      ${this.state === 'refused' ? refusedText(this) : nothing}
    </div>`;
  }

  firstUpdated() {
    this.#written = new NoteField(this.#field(), this.desk, () => this.note.id);
  }

  /** A field in use shows what its writer means, letter by letter. */
  updated() {
    const field = this.#field();
    if (document.activeElement === field) return this.#written?.bind();
    if (field.value !== this.note.text) field.value = this.note.text;
    return fitToText(field);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#written?.unbind();
  }

  #facts() {
    const { note, lineage, about } = this;
    const group = groupName(this.session.get('programme')?.groups, note.group);
    if (!group && !about && !note.released && !lineage) return nothing;
    return html`<p class="facts quiet small">${group ? html`<span><bdi>${group}</bdi></span>` : nothing}${
      about ? html`<span><bdi>${about}</bdi></span>` : nothing}${
      note.released ? html`<span class="tag chip">${_('Released')}</span>` : nothing}${
      lineage ? html`<span class="tag now"><span aria-hidden="true" class="turns">→</span> ${lineage}</span>` : nothing}</p>`;
  }

  #stateText() {
    if (this.state === 'saved') return html`${checkIcon}<span class="visually-hidden">${_('Saved')}</span>`;
    return { saving: _('saving…'), unsaved: _('not yet saved'), refused: _('not saved') }[this.state];
  }

  /** @param {Event} event @param {'kind'|'more'} what */
  #menu({ currentTarget: opener }, what) {
    this.dispatchEvent(new CustomEvent('note-menu', { detail: { note: this.note, opener, what }, bubbles: true }));
  }

  #left() {
    this.#written?.unbind();
    this.requestUpdate();
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    const kind = keysAreOn() ? kindOfKey(event) : null;
    if (!kind) return;
    event.preventDefault();
    if (kind !== this.note.kind) this.session.send('note.mark', { note: this.note.id, kind });
  }

  #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }
}

customElements.define('note-block', NoteBlock);
