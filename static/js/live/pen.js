/**
 * Writes notes: what is typed goes into the shared text, and a moment later to the server.
 *
 * A note is made with what was typed of it; all that follows merges with what others type. A text that was refused is kept as
 * it stood until its writer decides; one whose note somebody else removed lives on as another note.
 */

import { firstText } from '../lib/clean_text.js';
import { refusalSentence } from '../lib/refusals.js';
import { Gathering } from './gathering.js';
import { newId } from './ids.js';

/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('./live_session.js').LiveSession} LiveSession */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {{live: LiveSession, drafts: import('./drafts.js').Drafts, texts: import('./shared_texts.js').SharedTexts, exchange: import('./text_exchange.js').TextExchange}} Desk */
/** @typedef {{changed: () => void, moved: (from: string, to: string) => void}} Tell */

export class Pen {
  #live;

  #drafts;

  #texts;

  #exchange;

  #tell;

  #gathering = new Gathering((id) => this.#hand(id));

  /** Notes as they were when last seen, since a text may outlive its note. @type {Map<string, Note>} */
  #seen = new Map();

  /** @param {Desk} desk @param {Tell} tell `moved`: a text lives on as another note */
  constructor({ live, drafts, texts, exchange }, tell) {
    this.#live = live;
    this.#drafts = drafts;
    this.#texts = texts;
    this.#exchange = exchange;
    this.#tell = tell;
    live.addEventListener('refused', (event) => this.#refused(/** @type {CustomEvent} */ (event).detail));
    live.subscribe((keys) => {
      for (const note of [...keys].map((key) => live.get(key))) if (note) this.#seen.set(note.id, note);
    }, 'note/');
  }

  /** @param {string} id @returns {string} */
  textOf(id) {
    const draft = this.#drafts.get(id);
    return draft ? draft.text : String(this.#texts.get(id) ?? this.#live.get(`note/${id}`)?.text ?? '');
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
    const isMade = !shared && add && !this.#seen.has(id);
    if (shared) shared.write(text, caret);
    else if (draft || isMade) this.#drafts.set(id, { ...draft, text, ...(isMade && !draft?.problem && { add }) });
    else return void this.#liveOn(id, text);
    this.#gathering.typed(id);
    this.#tell.changed();
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
    if (this.#drafts.get(id)) return;
    this.#texts.step(id, which);
    this.#gathering.typed(id);
    this.#tell.changed();
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
    if (draft.over) this.#texts.writeOver(id, draft.text, draft.over);
    else this.write(id, draft.text, { add: draft.add });
    this.flush(id);
    this.#tell.changed();
  }

  /** A text that was refused is given up. @param {string} id */
  giveUp(id) {
    this.#drafts.delete(id);
    this.#tell.changed();
  }

  /** Remove a note, also one that is not made yet. @param {string} id */
  remove(id) {
    const isMade = Boolean(this.#live.get(`note/${id}`)) || this.#exchange.isPending(id);
    this.giveUp(id);
    this.#texts.forget(id);
    return isMade ? this.#live.send('note.remove', { note: id }) : null;
  }

  /** A note is no longer there. @param {string} id */
  removed(id) {
    if (this.#drafts.get(id)?.problem) this.#liveOn(id, this.textOf(id));
    else if (!this.#exchange.isUnsent(id)) this.#texts.forget(id);
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
    const { note: id, text: _, ...add } = /** @type {Record<string, any>} */ (data);
    // What was typed after a text that was refused falls with it.
    if (!['note.add', 'note.text'].includes(type) || !this.#texts.get(id) || this.#drafts.get(id)) return;
    const text = this.textOf(id);
    if (answer.code === 'resync') this.#exchange.lacks(id);
    else if (answer.code === 'not_found' && type === 'note.text') this.#liveOn(id, text);
    else this.#keep(id, { text, problem: refusalSentence(answer.code, answer.message), ...(type === 'note.add' && { add }) });
    this.#tell.changed();
  }

  /** What was refused stands in its field until its writer decides. @param {string} id @param {Draft} draft */
  #keep(id, draft) {
    this.#texts.unbind(id);
    this.#texts.reopen(id);
    this.#drafts.set(id, { ...draft, over: this.#texts.servedOf(id) });
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
    this.#tell.moved(id, another);
  }
}
