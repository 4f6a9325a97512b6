/**
 * One field, and the shared text that is written in it: what is typed goes there, what others type comes from there, and the
 * caret stays between the letters where it was.
 *
 * While an input method composes, neither happens: what the field holds is not text yet, and to write into it would end the
 * composition. Both are merged when it ends.
 */

import { cleaned, isTooLong } from '../lib/clean_text.js';
import { difference, placeAfter } from '../lib/text_edits.js';

/** @typedef {import('./shared_text.js').SharedText} SharedText */
/** @typedef {Pick<HTMLTextAreaElement, 'value'|'selectionStart'|'selectionEnd'|'selectionDirection'|'setSelectionRange'>} Field */
/** Why not all that was typed is kept. @typedef {'too_long'|'unclean'|null} Trouble */

export class WritingField {
  #field;

  #composing = false;

  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {Field} field */
  constructor(field) {
    this.#field = field;
  }

  get composing() {
    return this.#composing;
  }

  begin() {
    this.#composing = true;
  }

  /**
   * Take what stands in the field into `write`, clean; `before` is what goes back into the field where it is too long.
   * @param {string} before
   * @param {(text: string, caret: number) => void} write
   * @returns {Trouble}
   */
  take(before, write) {
    if (this.#composing) return null;
    const { value, selectionEnd } = this.#field;
    const text = cleaned(value);
    if (isTooLong(text)) {
      this.show(before);
      return 'too_long';
    }
    const caret = cleaned(value.slice(0, selectionEnd)).length;
    if (text !== value) this.#put(text, caret, caret);
    write(text, caret);
    return text === value ? null : 'unclean';
  }

  /**
   * The input method is done: take what it made, then carry out what had to wait for it.
   * @param {() => Trouble} take
   * @returns {Trouble}
   */
  end(take) {
    this.#composing = false;
    const trouble = take();
    for (const change of this.#waiting.splice(0)) change();
    return trouble;
  }

  /** Carry out `change` as soon as nothing is being composed. @param {() => void} change */
  whenDone(change) {
    if (this.#composing) this.#waiting.push(change);
    else change();
  }

  /**
   * Carry out `change` on `shared`, and show what it makes of the text; to be called while nothing is composed.
   * @param {SharedText} shared
   * @param {() => void} change
   */
  through(shared, change) {
    const { selectionStart, selectionEnd } = this.#field;
    const marks = [shared.mark(selectionStart, selectionStart < selectionEnd), shared.mark(selectionEnd)];
    change();
    const text = String(shared);
    if (text !== this.#field.value) this.#put(text, shared.placeOf(marks[0]), shared.placeOf(marks[1]));
  }

  /** Show `text`, with the caret where it was, or, with `atChange`, behind what is new. @param {string} text @param {boolean} [atChange] */
  show(text, atChange = false) {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (this.#composing || text === value) return;
    const edit = difference(value, text);
    const behind = edit.at + edit.came.length;
    if (atChange) this.#put(text, behind, behind);
    else this.#put(text, placeAfter(selectionStart, edit), placeAfter(selectionEnd, edit));
  }

  /** @param {string} text @param {number} start @param {number} end */
  #put(text, start, end) {
    const { selectionDirection } = this.#field;
    this.#field.value = text;
    this.#field.setSelectionRange(start, Math.max(start, end), selectionDirection);
  }
}
