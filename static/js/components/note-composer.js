/**
 * `<note-composer>`: where the next note is written, always at the end of what it belongs to.
 *
 * Nothing that arrives touches it but what others type into the same note. Enter makes the next note, Shift and Enter a line break.
 */

import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { attributionName, kindOfKey, noteKindName } from '../lib/note_kinds.js';
import { keysAreOn } from '../lib/note_keys.js';
import { paragraphsOf } from '../lib/paragraphs.js';
import { refusalSentence } from '../lib/refusals.js';
import { newId } from '../live/ids.js';
import './action-menu.js';
import { say } from './announcer.js';
import { fitToText } from './fitting.js';
import { markItems } from './note_actions.js';
import { NoteField } from './note_field.js';
import { keysLine } from './note_keys_line.js';
import { offerToSplit, splitUp } from './note_splitting.js';
import { underButton } from './write_under.js';
import { writersLine } from './writers_line.js';

/** @typedef {import('../lib/wire_documents.js').NoteKind} NoteKind */
/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

const FIRST_KIND = 'key_point';

export class NoteComposer extends LitElement {
  static properties = {
    session: { attribute: false }, desk: { attribute: false }, past: { attribute: false }, target: { attribute: false },
    targets: { attribute: false }, chosen: { attribute: false }, kind: { state: true }, attribution: { state: true }, handedIn: { state: true },
  };

  /** The note that is being written. */
  note = newId();

  /** @type {NoteField|undefined} */
  #written;

  constructor() {
    super();
    /** @type {import('../live/live_session.js').LiveSession} */
    // @ts-expect-error Set by the stream.
    this.session = undefined;
    /** @type {import('../live/note_desk.js').NoteDesk} */
    // @ts-expect-error Set by the stream.
    this.desk = undefined;
    /** @type {import('../live/past_interventions.js').PastInterventions|undefined} */
    this.past = undefined;
    /** @type {string|null} */
    this.target = null;
    /** @type {Intervention[]} */
    this.targets = [];
    /** @type {string|null|undefined} */
    this.chosen = undefined;
    /** @type {NoteKind} */
    this.kind = FIRST_KIND;
    /** @type {import('../lib/wire_documents.js').NoteAttribution} */
    this.attribution = 'none';
    /** How many paragraphs a pasted text has. */
    this.handedIn = 0;
  }

  createRenderRoot() {
    return this;
  }

  focus() {
    this.#field().focus();
  }

  render() {
    const whyNot = this.session.whyNot('note.add');
    if (whyNot === 'not_allowed') return nothing;
    const kind = noteKindName(this.kind);
    return html`<div class="note composer" data-kind=${this.kind}>
        <button type="button" class="bare kind" aria-haspopup="menu" aria-expanded="false" @click=${this.#chooseKind}><span>${kind} <small>${attributionName(this.attribution)}</small></span></button>
        <div class="writing">
          <textarea rows="1" dir="auto" aria-label=${_('New note: {kind}', { kind })} aria-describedby="writes-under" ?disabled=${Boolean(whyNot)}
            placeholder=${whyNot ? refusalSentence(whyNot) : _('Write here…')} @keydown=${this.#keydown} @paste=${this.#pasted} @blur=${() => this.desk.pen.flush(this.note)}></textarea>
          ${writersLine(this.desk.writersOf(this.note).map((person) => this.session.get(`person/${person}`)))}
          ${this.handedIn > 1 ? offerToSplit(this.handedIn, () => this.#split(), () => { this.handedIn = 0; this.focus(); }) : nothing}
        </div>
        <span class="state">${this.#stateText()}</span>
        ${underButton(this, () => this.#menu())}
      </div>
      ${keysLine(() => this.requestUpdate(), (chosen) => this.#mark({ kind: chosen }))}
      <action-menu></action-menu>`;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('desk') || !this.desk) return;
    this.desk.addEventListener('moved', (event) => this.#moved(/** @type {CustomEvent} */ (event).detail));
  }

  firstUpdated() {
    if (!this.querySelector('textarea')) return;
    if (matchMedia('(pointer: fine)').matches && document.activeElement === document.body) this.focus();
  }

  updated() {
    const field = this.querySelector('textarea');
    if (field) this.#written ??= new NoteField(field, this.desk, () => this.note, () => this.#begin());
    this.#written?.bind();
  }

  /** The note was removed, and lives on as another. @param {{from: string, to: string}} which */
  #moved({ from, to }) {
    if (from === this.note) this.note = to;
    this.requestUpdate();
  }

  #stateText() {
    const note = this.desk.find(this.note);
    if (!note) return '';
    const state = this.desk.stateOf(note);
    if (state === 'saving') return _('saving…');
    return state === 'saved' ? _('saved') : _('not yet saved');
  }

  /** What this note is made with. */
  get #data() {
    return { kind: this.kind, ...(this.attribution !== 'none' && { attribution: this.attribution }), ...(this.target && { intervention: this.target }) };
  }

  /** What is typed is made under what it was begun under. */
  #begin() {
    const { value } = this.#field();
    if (value && !this.desk.isKnown(this.note)) this.dispatchEvent(new Event('begun'));
    this.handedIn = this.handedIn && paragraphsOf(value).length;
    this.requestUpdate();
    return this.#data;
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.isComposing) return;
    const kind = keysAreOn() ? kindOfKey(event) : null;
    if (kind) this.#mark({ kind });
    else if (event.key === 'Enter' && !event.shiftKey) this.#next();
    else return;
    event.preventDefault();
  }

  /** @param {Partial<Pick<import('../lib/wire_documents.js').Note, 'kind'|'attribution'>>} marks */
  #mark(marks) {
    Object.assign(this, marks);
    if (marks.kind) say(noteKindName(marks.kind));
    if (this.desk.has(this.note)) this.session.send('note.mark', { note: this.note, ...marks });
    else if (this.#field().value) this.#written?.take();
    this.focus();
  }

  /** The note is done: the next one begins. */
  #next() {
    const field = this.#field();
    if (field.value.trim()) this.desk.pen.flush(this.note);
    else this.desk.pen.remove(this.note);
    this.desk.unbind(this.note);
    this.note = newId();
    field.value = '';
    fitToText(field);
    this.kind = FIRST_KIND;
    this.attribution = 'none';
    this.handedIn = 0;
    this.dispatchEvent(new Event('ended'));
    this.requestUpdate();
    requestAnimationFrame(() => this.scrollIntoView({ block: 'nearest' }));
  }

  /** @param {ClipboardEvent} event */
  #pasted({ clipboardData }) {
    const count = paragraphsOf(clipboardData?.getData('text/plain') ?? '').length;
    if (count > 1) setTimeout(() => { this.handedIn = paragraphsOf(this.#field().value).length; });
  }

  #split() {
    splitUp(this.desk, this.note, this.#field().value, this.#data);
    this.#next();
    this.focus();
  }

  /** @param {Event} event */
  #chooseKind({ currentTarget: opener }) {
    this.#menu().openAt(/** @type {HTMLElement} */ (opener), _('Kind and attribution'), markItems(this, (marks) => this.#mark(marks)));
  }

  #menu() {
    return /** @type {ActionMenu} */ (this.querySelector('action-menu'));
  }

  #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }
}

customElements.define('note-composer', NoteComposer);
