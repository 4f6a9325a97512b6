/**
 * What a rapporteur types: when it is sent, over which version, and what becomes of it.
 *
 * A text is handed over a moment after the last key, never while an input method is composing; one that somebody else
 * overtook is kept until its writer decides. Dispatches `changed`, and `moved` when a text lives on as another note.
 */

import { withPending } from '../lib/pending_notes.js';
import { refusalSentence } from '../lib/refusals.js';
import { Drafts } from './drafts.js';
import { newId } from './ids.js';
import { TypingPause } from './typing_pause.js';

/** @typedef {import('./live_session.js').LiveSession} LiveSession */
/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** How a text fares; `stale`: somebody else wrote meanwhile. @typedef {'saved'|'saving'|'unsaved'|'stale'|'refused'} NoteState */

const MINUTE_MS = 60_000; // So that not every look at a note that is on its way makes another.

export class NoteDesk extends EventTarget {
  #live;

  #drafts;

  /** Hands over what was typed, at the next pause. */
  pause = new TypingPause((id) => this.#hand(id));

  /** The versions that own writing has made. @type {Map<string, number>} */
  #own = new Map();

  /** Notes as they were when last seen, since a text may outlive its note. @type {Map<string, Note>} */
  #seen = new Map();

  /** @param {LiveSession} live @param {Drafts} [drafts] */
  constructor(live, drafts = new Drafts(`${document.body.dataset.person}:${document.body.dataset.session}`)) {
    super();
    this.#live = live;
    this.#drafts = drafts;
    live.addEventListener('refused', (event) => this.#refused(/** @type {CustomEvent} */ (event).detail));
    for (const name of ['unsaved', 'state']) live.addEventListener(name, () => this.#changed());
    live.subscribe((keys) => this.#arrived(keys), 'note/');
  }

  /** Take up what an earlier page had not handed over yet; to be called once the map is there. */
  resume() {
    for (const [id, draft] of this.#drafts.all()) {
      if (this.#handed().find((note) => note.id === id)?.text === draft.text) this.#drafts.delete(id);
      else if (!draft.problem) this.#again(id, draft);
    }
  }

  /** @returns {Note[]} the notes as their writer means them: with what is under way, and the texts that no note has taken in */
  notes() {
    const drafts = this.#drafts.all().map(([id, { add, text }]) => ({ id: '', type: add ? 'note.add' : 'note.write', data: { ...add, note: id, text } }));
    return withPending(this.#handed(), drafts, this.#now());
  }

  /** @param {string} id @returns {Note|undefined} */
  find(id) {
    return this.notes().find((note) => note.id === id);
  }

  /** @param {Note} note @returns {NoteState} */
  stateOf(note) {
    const problem = this.problemOf(note.id);
    if (problem) return problem === 'stale' ? 'stale' : 'refused';
    if (!note.unsaved) return 'saved';
    return this.#live.state === 'live' ? 'saving' : 'unsaved';
  }

  /** The sentence that refused a text, or ''. @param {string} id */
  problemOf(id) {
    return this.#drafts.get(id)?.problem ?? '';
  }

  /**
   * Take what was typed into note `id`, over version `base`; with `add`, into a note that this makes.
   * @param {string} id
   * @param {string} text
   * @param {number} base
   * @param {Record<string, unknown>} [add]
   */
  typed(id, text, base, add) {
    const before = this.#drafts.get(id);
    const over = Math.max(before?.base ?? base, this.#own.get(id) ?? 0);
    /** @type {Draft} */
    const draft = { ...before, text, base: over };
    if (add && !this.has(id)) draft.add = add;
    if (!draft.problem && (this.#live.get(`note/${id}`)?.version ?? 0) > over && !this.#isPending(id)) draft.problem = 'stale';
    this.#drafts.set(id, draft);
    this.pause.typed(id);
    this.#changed();
  }

  /** Hand over what was typed into `id` now. @param {string} id */
  flush(id) {
    this.pause.forget(id);
    this.#hand(id);
  }

  /** The own text replaces that of somebody else, or is tried once more. @param {string} id */
  keepMine(id) {
    const draft = this.#drafts.get(id);
    if (!draft) return;
    this.#own.delete(id);
    this.#again(id, { ...draft, base: this.#live.get(`note/${id}`)?.version ?? draft.base });
  }

  /** The own text is given up. @param {string} id */
  takeTheirs(id) {
    this.pause.forget(id);
    this.#drafts.delete(id);
    this.#own.delete(id);
    this.#changed();
  }

  /** @param {string} id */
  remove(id) {
    const known = this.has(id);
    this.takeTheirs(id);
    return known ? this.#live.send('note.remove', { note: id }) : null;
  }

  /** @param {string} id @param {Draft} draft */
  #again(id, { text, base, add }) {
    this.#drafts.set(id, { text, base, add });
    this.#hand(id);
  }

  /** @param {string} id */
  async #hand(id) {
    const draft = this.#drafts.get(id);
    const note = this.find(id);
    if (!draft || draft.problem || draft.handed === draft.text) return;
    const { text, base, add } = draft;
    if (note) this.#seen.set(id, note);
    const makes = Boolean(add) && !this.has(id);
    this.#drafts.set(id, { ...draft, handed: text });
    const answer = makes
      ? await this.#live.send('note.add', { ...add, note: id, text })
      : await this.#live.send('note.write', { note: id, text }, { expect: { version: Math.max(1, base) } });
    if (!answer.ok) return;
    this.#own.set(id, makes ? Math.max(1, this.#own.get(id) ?? 0) : Number(answer.result?.version ?? this.#own.get(id) ?? base));
    if (this.#drafts.get(id)?.text === text) this.#drafts.delete(id);
    this.#changed();
  }

  /** @param {{command: import('../lib/wire.js').Command, answer: import('../lib/wire.js').Answer}} refusal */
  #refused({ command: { type, data }, answer }) {
    if (type !== 'note.write' && type !== 'note.add') return;
    const { note, text: sent, ...add } = /** @type {Record<string, any>} */ (data);
    const text = this.#drafts.get(note)?.text ?? sent;
    const problem = answer.code === 'stale' ? 'stale' : refusalSentence(answer.code, answer.message);
    if (type === 'note.add') this.#drafts.set(note, { text, base: 0, add, problem });
    else if (answer.code === 'not_found') this.#liveOn(note, text);
    else this.#drafts.set(note, { text, base: this.#drafts.get(note)?.base ?? 0, problem });
    this.#changed();
  }

  /** The note was removed by somebody else while its text was written: the text becomes another note. @param {string} id @param {string} text */
  #liveOn(id, text) {
    const { kind = 'key_point', intervention = null, group = null, attribution = 'none' } = this.#seen.get(id) ?? {};
    this.takeTheirs(id);
    const another = newId();
    this.#drafts.set(another, { text, base: 0, add: { kind, intervention, group, attribution } });
    this.#hand(another);
    this.dispatchEvent(new CustomEvent('moved', { detail: { from: id, to: another } }));
  }

  /** @param {Set<string>} keys */
  #arrived(keys) {
    for (const note of [...keys].map((key) => this.#live.get(key))) if (note) this.#seen.set(note.id, note);
    this.#changed();
  }

  /** Whether the server or the outbox has the note. @param {string} id */
  has(id) {
    return Boolean(this.#live.get(`note/${id}`)) || this.#isPending(id);
  }

  /** @param {string} id */
  #isPending(id) {
    return this.#live.pending.some(({ type, data }) => data.note === id && (type === 'note.add' || type === 'note.write'));
  }

  /** @returns {Note[]} the notes with what the outbox has */
  #handed() {
    return withPending(this.#live.entries('note/').map(([, note]) => note), this.#live.pending, this.#now());
  }

  #now() {
    const at = new Date(Math.floor(this.#live.now() / MINUTE_MS) * MINUTE_MS).toISOString();
    return { author: this.#live.get('me/person')?.id ?? '', at };
  }

  #changed() {
    this.dispatchEvent(new Event('changed'));
  }
}
