/**
 * The notes as a rapporteur means them: as the server has them, with what is being typed and what has not arrived laid over.
 *
 * What is written goes through the `pen`. Dispatches `changed`, and `moved` when a text lives on as another note.
 */

import { withPending } from '../lib/pending_notes.js';
import { Drafts } from './drafts.js';
import { Pen } from './pen.js';
import { SharedTexts } from './shared_texts.js';
import { TextExchange } from './text_exchange.js';
import { Writers } from './writers.js';

/** @typedef {import('./live_session.js').LiveSession} LiveSession */
/** @typedef {import('./writing_field.js').WritingField} WritingField */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** How a text fares. @typedef {'saved'|'saving'|'unsaved'|'refused'} NoteState */

const MINUTE_MS = 60_000; // So that not every look at a note that is on its way makes another.

export class NoteDesk extends EventTarget {
  #live;

  #drafts;

  #texts = new SharedTexts();

  #exchange;

  #writers;

  /** Writes notes. */
  pen;

  /** @param {LiveSession} live @param {Drafts} [drafts] */
  constructor(live, drafts = new Drafts(`${document.body.dataset.person}:${document.body.dataset.session}`)) {
    super();
    const changed = () => this.dispatchEvent(new Event('changed'));
    this.#live = live;
    this.#drafts = drafts;
    this.#exchange = new TextExchange(live, this.#texts, (id) => this.pen.removed(id));
    this.#writers = new Writers(live, changed);
    this.pen = new Pen({ live, drafts, texts: this.#texts, exchange: this.#exchange }, {
      changed,
      moved: (from, to) => this.dispatchEvent(new CustomEvent('moved', { detail: { from, to } })),
    });
    for (const name of ['unsaved', 'state']) live.addEventListener(name, changed);
    live.subscribe(changed, 'note/');
  }

  /** Take up what an earlier page had not brought to the server; to be called once the map is there. */
  resume() {
    this.#exchange.resume();
    for (const [id, { problem }] of this.#drafts.all()) if (!problem) this.pen.tryAgain(id);
  }

  /** @returns {Note[]} the notes, and the texts that no note has taken in */
  notes() {
    const made = this.#drafts.all().flatMap(([id, { add, text }]) => (add ? [{ id: '', type: 'note.add', data: { ...add, note: id, text } }] : []));
    const at = new Date(Math.floor(this.#live.now() / MINUTE_MS) * MINUTE_MS).toISOString();
    const author = this.#live.get('me/person')?.id ?? '';
    const notes = withPending([...this.#live.values('note/')], [...this.#live.pending, ...made], { author, at });
    return notes.map((note) => this.#asMeant(note));
  }

  /** @param {string} id @returns {Note|undefined} */
  find(id) {
    return this.notes().find((note) => note.id === id);
  }

  /** @param {Note} note @returns {NoteState} */
  stateOf(note) {
    if (this.problemOf(note.id)) return 'refused';
    if (!note.unsaved) return 'saved';
    return this.#live.state === 'live' ? 'saving' : 'unsaved';
  }

  /** What its writer means a note to say. @param {string} id */
  textOf(id) {
    return this.pen.textOf(id);
  }

  /** The sentence that refused a text, or ''. @param {string} id */
  problemOf(id) {
    return this.#drafts.get(id)?.problem ?? '';
  }

  /** Whether the server or the outbox has the note. @param {string} id */
  has(id) {
    return Boolean(this.#live.get(`note/${id}`)) || this.#exchange.isPending(id);
  }

  /** Whether there is such a note, here or there. @param {string} id */
  isKnown(id) {
    return Boolean(this.#drafts.get(id) ?? this.#texts.get(id)) || this.has(id);
  }

  /** The others who are writing in a note just now. @param {string} id */
  writersOf(id) {
    return this.#writers.of(id);
  }

  /** From now on what others type into `id` is shown in `field`, unless what was refused stands there. @param {string} id @param {WritingField} field */
  bind(id, field) {
    this.#exchange.open(id);
    if (!this.problemOf(id)) this.#texts.bind(id, field);
  }

  /** The field is left: what was typed in it so far is undone apart from what comes. @param {string} id */
  unbind(id) {
    this.#texts.unbind(id);
    this.#texts.get(id)?.endStep();
  }

  /** @param {Note} note @returns {Note} */
  #asMeant(note) {
    if (!this.#drafts.get(note.id) && !this.#texts.get(note.id)) return note;
    return { ...note, text: this.textOf(note.id), unsaved: note.unsaved || this.#exchange.isUnsent(note.id) };
  }
}
