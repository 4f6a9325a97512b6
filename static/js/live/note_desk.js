/**
 * What a rapporteur types: when it is sent, over which version, and what becomes of it.
 *
 * A text is handed over a moment after the last key, never while an input method is composing; one that somebody else
 * overtook is kept until its writer decides. Dispatches `changed`, and `moved` when a text lives on as another note.
 */

import { withPending } from '../lib/pending_notes.js';
import { Drafts } from './drafts.js';
import { newId } from './ids.js';
import { TypingPause } from './typing_pause.js';

/** @typedef {import('./live_session.js').LiveSession} LiveSession */
/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {'saved'|'saving'|'unsaved'|'stale'|'refused'} NoteState */

export class NoteDesk extends EventTarget {
  #live;

  #drafts;

  #pause = new TypingPause((id) => this.#hand(id));

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
    live.addEventListener('unsaved', () => this.#changed());
    live.addEventListener('state', () => this.#changed());
    live.subscribe((keys) => this.#arrived(keys), 'note/');
  }

  /** Take up what an earlier page had not handed over yet; to be called once the map is there. */
  resume() {
    for (const [id, draft] of this.#drafts.all()) {
      const note = this.find(id);
      if (note?.text === draft.text) this.#drafts.delete(id);
      else if (!draft.problem) this.#again(id, draft);
    }
  }

  /** @returns {Note[]} the notes with what is under way, and the texts that no note has taken in */
  notes() {
    const now = { author: this.#live.get('me/person')?.id ?? '', at: new Date(this.#live.now()).toISOString() };
    const notes = this.#live.entries('note/').map(([, note]) => note);
    const adds = this.#drafts.all().filter(([, { add }]) => add).map(([id, { add, text }]) => ({ id: '', type: 'note.add', data: { ...add, note: id, text } }));
    return withPending(notes, [...this.#live.pending, ...adds], now);
  }

  /** @param {string} id */
  find(id) {
    return this.notes().find((note) => note.id === id);
  }

  /** @param {Note} note the text as its writer means it */
  textOf(note) {
    return this.#drafts.get(note.id)?.text ?? note.text;
  }

  /** @param {Note} note @returns {NoteState} */
  stateOf(note) {
    const draft = this.#drafts.get(note.id);
    if (draft?.problem) return draft.problem === 'stale' ? 'stale' : 'refused';
    if (!draft && !note.unsaved) return 'saved';
    return this.#live.state === 'live' ? 'saving' : 'unsaved';
  }

  /** @param {string} id the sentence that refused its text */
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
    if (add && !this.#isKnown(id)) draft.add = add;
    if (!draft.problem && (this.#live.get(`note/${id}`)?.version ?? 0) > over && !this.#isPending(id)) draft.problem = 'stale';
    this.#drafts.set(id, draft);
    this.#pause.typed(id);
    this.#changed();
  }

  /** Hold back what is being composed by an input method. @param {string} id @param {boolean} on */
  composing(id, on) {
    this.#pause.composing(id, on);
  }

  /** Hand over what was typed into `id` now. @param {string} id */
  flush(id) {
    this.#pause.forget(id);
    this.#hand(id);
  }

  /** Hand over everything that was typed: the page may be about to go. */
  flushAll() {
    this.#pause.end();
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
    this.#pause.forget(id);
    this.#drafts.delete(id);
    this.#own.delete(id);
    this.#changed();
  }

  /** @param {string} id */
  remove(id) {
    const known = this.#isKnown(id);
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
    const makes = Boolean(add) && !this.#isKnown(id);
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
    const [code, sentence] = [answer.code, answer.message ?? answer.code ?? ''];
    if (type === 'note.add') this.#drafts.set(note, { text, base: 0, add, problem: sentence });
    else if (code === 'not_found') this.#liveOn(note, text);
    else this.#drafts.set(note, { text, base: this.#drafts.get(note)?.base ?? 0, problem: code === 'stale' ? 'stale' : sentence });
    this.#changed();
  }

  /** The note was removed by somebody else while its text was written: the text becomes another note. @param {string} id @param {string} text */
  #liveOn(id, text) {
    const { kind = 'key_point', intervention = null, group = null, attribution = 'none' } = this.#seen.get(id) ?? {};
    const another = newId();
    this.takeTheirs(id);
    this.#drafts.set(another, { text, base: 0, add: { kind, intervention, group, attribution } });
    this.#hand(another);
    this.dispatchEvent(new CustomEvent('moved', { detail: { from: id, to: another } }));
  }

  /** @param {Set<string>} keys */
  #arrived(keys) {
    for (const key of keys) {
      const note = this.#live.get(key);
      if (note) this.#seen.set(note.id, note);
    }
    this.#changed();
  }

  /** Whether the server or the outbox has the note. @param {string} id */
  #isKnown(id) {
    return Boolean(this.#live.get(`note/${id}`)) || this.#isPending(id);
  }

  /** @param {string} id */
  #isPending(id) {
    return this.#live.pending.some(({ type, data }) => data.note === id && (type === 'note.add' || type === 'note.write'));
  }

  #changed() {
    this.dispatchEvent(new Event('changed'));
  }
}
