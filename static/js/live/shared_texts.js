/**
 * The shared texts of a session's notes, between what the server says of them and the fields they are written in.
 *
 * A text is opened once somebody writes in it; what arrives is merged into it, and shown in its field.
 */

import { SharedText, joined } from './shared_text.js';

/** @typedef {import('./writing_field.js').WritingField} WritingField */

/** So many updates of a text are kept apart before they are made one. */
const MOST_APART = 200;

export class SharedTexts {
  /** What the server has said of each text, in base64. @type {Map<string, string[]>} */
  #served = new Map();

  /** @type {Map<string, SharedText>} */
  #open = new Map();

  /** @type {Map<string, WritingField>} */
  #fields = new Map();

  /** @returns {string[]} the notes that the server has said something of */
  get known() {
    return [...this.#served.keys()];
  }

  /** @returns {string[]} the notes whose texts are open */
  get opened() {
    return [...this.#open.keys()];
  }

  /** @param {string} id @returns {SharedText|undefined} a text that is open */
  get(id) {
    return this.#open.get(id);
  }

  /**
   * Return the text of a note to write in, with the updates `typed` that are on their way to it; undefined where nobody knows it.
   * @param {string} id
   * @param {string[]} [typed]
   */
  open(id, typed = []) {
    const served = this.#served.get(id);
    if (served && !this.#open.has(id)) this.#open.set(id, new SharedText([...served, ...typed]));
    return this.#open.get(id);
  }

  /** Return the text of a note that is made here. @param {string} id @param {string} first */
  begin(id, first) {
    const text = new SharedText();
    text.begin(first);
    this.#open.set(id, text);
    return text;
  }

  /** Take back, or do again, what was typed here. @param {string} id @param {'undo'|'redo'} which */
  step(id, which) {
    const open = this.#open.get(id);
    open?.step(which);
    if (open) this.#fields.get(id)?.show(String(open), true);
  }

  /** Let go of what was typed: the text is as the server has it. @param {string} id */
  reopen(id) {
    this.#open.delete(id);
    const open = this.open(id);
    if (open) this.#fields.get(id)?.show(String(open));
  }

  /** What the server has said of a text, as one update; undefined where it has said nothing. @param {string} id */
  servedOf(id) {
    const served = this.#served.get(id);
    return served && joined(served);
  }

  /** Make `text` of what the server had said when that was `over`: what it has said since merges with it. @param {string} id @param {string} text @param {string} over */
  writeOver(id, text, over) {
    const open = new SharedText([over]);
    open.write(text);
    open.merge(this.#served.get(id) ?? []);
    this.#open.set(id, open);
  }

  /** @param {string} id */
  forget(id) {
    this.#open.delete(id);
    this.#served.delete(id);
  }

  /** From now on what others type into a note is shown in `field`. @param {string} id @param {WritingField} field */
  bind(id, field) {
    this.#fields.set(id, field);
  }

  /** @param {string} id */
  unbind(id) {
    this.#fields.delete(id);
  }

  /** Take what the server says of a text: all of it, or what is new. @param {{id: string, state?: string, updates?: string[]}} note */
  serve({ id, state, updates = [] }) {
    const said = state ? [state] : [...(this.#served.get(id) ?? []), ...updates];
    this.#served.set(id, said.length > MOST_APART ? [joined(said)] : said);
  }

  /** @param {string} id @param {string[]} updates */
  merge(id, updates) {
    const open = this.#open.get(id);
    if (!open || !updates.length) return;
    const field = this.#fields.get(id);
    if (field) field.through(open, () => open.merge(updates));
    else open.merge(updates);
  }

  /** Carry out `change` of a text as soon as nothing is being composed in its field. @param {string} id @param {() => void} change */
  whenDone(id, change) {
    const field = this.#fields.get(id);
    if (field) field.whenDone(change);
    else change();
  }
}
