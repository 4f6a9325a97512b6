/**
 * What a rapporteur types: the shared texts it goes into, when it is sent, and what becomes of it.
 *
 * A note is made with what was typed of it; all that follows is typed into its shared text and merges with what others type.
 * A text that was refused is kept as it stood until its writer decides. Dispatches `changed`, and `moved` when a text lives
 * on as another note.
 */

import { firstText } from '../lib/clean_text.js';
import { withPending } from '../lib/pending_notes.js';
import { refusalSentence } from '../lib/refusals.js';
import { Drafts } from './drafts.js';
import { Gathering } from './gathering.js';
import { newId } from './ids.js';
import { SharedTexts } from './shared_texts.js';
import { TextExchange } from './text_exchange.js';
import { Writers } from './writers.js';

/** @typedef {import('./live_session.js').LiveSession} LiveSession */
/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('./writing_field.js').WritingField} WritingField */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** How a text fares. @typedef {'saved'|'saving'|'unsaved'|'refused'} NoteState */

const MINUTE_MS = 60_000; // So that not every look at a note that is on its way makes another.

export class NoteDesk extends EventTarget {
  #live;

  #drafts;

  #texts = new SharedTexts();

  #exchange;

  #gathering = new Gathering((id) => this.#hand(id));

  #writers = new Writers(() => this.#changed());

  /** Notes as they were when last seen, since a text may outlive its note. @type {Map<string, Note>} */
  #seen = new Map();

  /** @param {LiveSession} live @param {Drafts} [drafts] */
  constructor(live, drafts = new Drafts(`${document.body.dataset.person}:${document.body.dataset.session}`)) {
    super();
    this.#live = live;
    this.#drafts = drafts;
    this.#exchange = new TextExchange(live, this.#texts, { typed: (note) => this.#typedIn(note), gone: (id) => this.#gone(id) });
    live.addEventListener('refused', (event) => this.#refused(/** @type {CustomEvent} */ (event).detail));
    for (const name of ['unsaved', 'state']) live.addEventListener(name, () => this.#changed());
    live.subscribe((keys) => this.#arrived(keys), 'note/');
  }

  /** Take up what an earlier page had not brought to the server; to be called once the map is there. */
  resume() {
    this.#exchange.resume();
    for (const [id, { problem }] of this.#drafts.all()) if (!problem) this.#hand(id);
  }

  /** @returns {Note[]} the notes as their writer means them: with what is under way, and the texts that no note has taken in */
  notes() {
    const made = this.#drafts.all().flatMap(([id, { add, text }]) => (add ? [{ id: '', type: 'note.add', data: { ...add, note: id, text } }] : []));
    const at = new Date(Math.floor(this.#live.now() / MINUTE_MS) * MINUTE_MS).toISOString();
    const notes = withPending(this.#live.entries('note/').map(([, note]) => note), [...this.#live.pending, ...made], { author: this.#me, at });
    return notes.map((note) => (this.#texts.get(note.id) || this.#drafts.get(note.id) ? { ...note, text: this.textOf(note.id), unsaved: note.unsaved || this.#exchange.isUnsent(note.id) } : note));
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

  /** What its writer means a note to say. @param {string} id @returns {string} */
  textOf(id) {
    const draft = this.#drafts.get(id);
    return draft ? draft.text : String(this.#texts.get(id) ?? this.#live.get(`note/${id}`)?.text ?? '');
  }

  /** Whether there is such a note, here or with the server. @param {string} id */
  isKnown(id) {
    return Boolean(this.#drafts.get(id) ?? this.#texts.get(id) ?? this.#live.get(`note/${id}`));
  }

  /** The sentence that refused a text, or ''. @param {string} id */
  problemOf(id) {
    return this.#drafts.get(id)?.problem ?? '';
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

  /** @param {string} id */
  unbind(id) {
    this.#texts.unbind(id);
  }

  /**
   * Make `text` of note `id`, as typed with the caret at `caret`; with `add`, of a note that this makes.
   * @param {string} id
   * @param {string} text
   * @param {{caret?: number, add?: Record<string, unknown>}} [how]
   */
  write(id, text, { caret, add } = {}) {
    const draft = this.#drafts.get(id);
    const shared = draft ? undefined : this.#exchange.open(id);
    if (shared) {
      if (!shared.write(text, caret)) return;
    } else if (draft || (add && !this.#seen.has(id))) this.#drafts.set(id, { ...draft, text, ...(add && !draft?.problem && { add }) });
    else return void this.#liveOn(id, text);
    this.#gathering.typed(id);
    this.#changed();
  }

  /** Make `text` of note `id` in one step, which undo takes back. @param {string} id @param {string} text */
  replace(id, text) {
    this.#exchange.open(id)?.endStep();
    this.write(id, text);
    this.#texts.get(id)?.endStep();
    this.flush(id);
  }

  /** Take back, or do again, what was typed here. @param {string} id @param {'undo'|'redo'} which */
  step(id, which) {
    this.flush(id);
    if (this.problemOf(id)) return;
    this.#texts.step(id, which);
    this.#gathering.typed(id);
    this.#changed();
  }

  /** Send what was typed into `id` now. @param {string} id */
  flush(id) {
    this.#gathering.end(id);
  }

  /** Send all that was typed: the page may be about to go. */
  flushAll() {
    for (const id of new Set([...this.#texts.opened, ...this.#drafts.all().map(([each]) => each)])) this.flush(id);
  }

  /** A text that was refused is tried once more. @param {string} id */
  tryAgain(id) {
    const draft = this.#drafts.get(id);
    if (!draft) return;
    this.#drafts.delete(id);
    this.write(id, draft.text, { add: draft.add });
    this.flush(id);
  }

  /** A text that was refused is given up. @param {string} id */
  giveUp(id) {
    this.#drafts.delete(id);
    this.#changed();
  }

  /** @param {string} id */
  remove(id) {
    const known = this.has(id);
    this.giveUp(id);
    this.#texts.forget(id);
    return known ? this.#live.send('note.remove', { note: id }) : null;
  }

  /** Whether the server or the outbox has the note. @param {string} id */
  has(id) {
    return Boolean(this.#live.get(`note/${id}`)) || this.#exchange.isPending(id);
  }

  /** @param {string} id */
  #hand(id) {
    const draft = this.#drafts.get(id);
    if (draft?.add && !draft.problem && draft.text.trim()) this.#make(id, draft.text, draft.add);
    this.#exchange.send(id);
  }

  /** @param {string} id @param {string} text @param {Record<string, unknown>} add */
  #make(id, text, add) {
    const first = firstText(text);
    this.#texts.begin(id, first).write(text);
    this.#drafts.delete(id);
    this.#live.send('note.add', { ...add, note: id, text: first });
  }

  /** @param {{command: import('../lib/wire.js').Command, answer: import('../lib/wire.js').Answer}} refusal */
  #refused({ command: { type, data }, answer }) {
    const { note: id, text: _text, ...add } = /** @type {Record<string, any>} */ (data);
    // What was typed after a text that was refused falls with it.
    if (!['note.add', 'note.text'].includes(type) || !this.#texts.get(id) || this.problemOf(id)) return;
    const text = this.textOf(id);
    if (answer.code === 'resync') this.#exchange.lacks(id);
    else if (answer.code === 'not_found' && type === 'note.text') this.#liveOn(id, text);
    else this.#keep(id, { text, problem: refusalSentence(answer.code, answer.message), ...(type === 'note.add' && { add }) });
    this.#changed();
  }

  /** What was refused stands in its field until its writer decides. @param {string} id @param {Draft} draft */
  #keep(id, draft) {
    this.#texts.unbind(id);
    this.#texts.reopen(id);
    this.#drafts.set(id, draft);
  }

  /** The note was removed by somebody else while its text was written: the text becomes another note. @param {string} id @param {string} text */
  #liveOn(id, text) {
    const { kind = 'key_point', intervention = null, group = null, attribution = 'none' } = this.#seen.get(id) ?? {};
    this.#texts.forget(id);
    this.#drafts.delete(id);
    if (!text.trim()) return;
    const another = newId();
    this.write(another, text, { add: { kind, intervention, group, attribution } });
    this.flush(another);
    this.dispatchEvent(new CustomEvent('moved', { detail: { from: id, to: another } }));
  }

  /** @param {Note} note */
  #typedIn({ id, written_by: by = '', written_at: at }) {
    if (by !== this.#me) this.#writers.heard(id, by, this.#live.now() - Date.parse(at));
  }

  /** @param {string} id */
  #gone(id) {
    if (this.#drafts.get(id)?.problem) this.#liveOn(id, this.textOf(id));
    else if (!this.#exchange.isUnsent(id)) this.#texts.forget(id);
  }

  /** @param {Set<string>} keys */
  #arrived(keys) {
    for (const note of [...keys].map((key) => this.#live.get(key))) if (note) this.#seen.set(note.id, note);
    this.#changed();
  }

  get #me() {
    return this.#live.get('me/person')?.id ?? '';
  }

  #changed() {
    this.dispatchEvent(new Event('changed'));
  }
}
