/**
 * `<note-block>`: one note: its kind, its text to write in, whose point it is, and whether it is saved.
 *
 * A field in use is never written into: what others do to the note shows when it is left, or side by side where both wrote.
 */

import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { attributionName, kindOfKey, noteKindName } from '../lib/note_kinds.js';
import { groupName } from '../lib/names.js';
import { keysAreOn } from '../lib/note_keys.js';
import { fitToText } from './fitting.js';
import { checkIcon, moreIcon } from './icons.js';
import { noteConflict } from './note_conflict.js';

/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('../live/note_desk.js').NoteDesk} NoteDesk */
/** @typedef {import('../live/note_desk.js').NoteState} NoteState */

export const LONGEST_NOTE = 20_000;

export class NoteBlock extends LitElement {
  static properties = {
    session: { attribute: false }, desk: { attribute: false }, note: { attribute: false }, state: { attribute: false },
    theirs: { attribute: false }, lineage: { attribute: false }, about: { attribute: false },
  };

  /** The version that stands in the field. */
  #base = 0;

  #filled = false;

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
    /** @type {Note|undefined} */
    this.theirs = undefined;
    this.lineage = '';
    this.about = '';
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
        <textarea rows="1" dir="auto" maxlength=${LONGEST_NOTE} aria-label=${_('Note: {kind}', { kind })} @input=${this.#typed} @keydown=${this.#keydown} @blur=${this.#left}
          @compositionstart=${() => this.desk.pause.composing(note.id, true)} @compositionend=${this.#composed}></textarea>
        ${this.#facts()}
      </div>
      <span class="state">${this.#stateText()}</span>
      <button type="button" class="bare icon" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Actions for this note')} @click=${(/** @type {Event} */ event) => this.#menu(event, 'more')}>${moreIcon}</button>
      ${this.state === 'stale' || this.state === 'refused' ? noteConflict(this) : nothing}
    </div>`;
  }

  /** Fill the field, unless somebody is in it. */
  updated() {
    const field = this.#field();
    if (this.#filled && document.activeElement === field) return;
    this.#filled = true;
    if (field.value !== this.note.text) field.value = this.note.text;
    if (this.state === 'saved') this.#base = this.theirs?.version ?? 0;
    fitToText(field);
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
    return { saving: _('saving…'), unsaved: _('not yet saved'), stale: _('not saved'), refused: _('not saved') }[this.state];
  }

  /** @param {Event} event @param {'kind'|'more'} what */
  #menu({ currentTarget: opener }, what) {
    this.dispatchEvent(new CustomEvent('note-menu', { detail: { note: this.note, opener, what }, bubbles: true }));
  }

  #typed() {
    const field = this.#field();
    fitToText(field);
    this.desk.typed(this.note.id, field.value, this.#base);
  }

  #composed() {
    this.desk.pause.composing(this.note.id, false);
    this.#typed();
  }

  #left() {
    this.desk.flush(this.note.id);
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
