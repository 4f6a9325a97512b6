/**
 * The field of a note: what is typed and composed in it goes to the desk, what the desk says is shown in it.
 *
 * Undo is the shared text's own: the browser's would take back what others typed, too.
 */

import { LONGEST_NOTE } from '../lib/clean_text.js';
import { _ } from '../lib/i18n.js';
import { WritingField } from '../live/writing_field.js';
import { fitToText } from './fitting.js';
import { toast } from './toast.js';

/** @typedef {import('../live/note_desk.js').NoteDesk} NoteDesk */
/** @typedef {import('../live/writing_field.js').Trouble} Trouble */

/** @type {Record<string, 'undo'|'redo'>} */
const STEPS = { historyUndo: 'undo', historyRedo: 'redo' };

export class NoteField {
  #field;

  #writing;

  #desk;

  #id;

  #begin;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {NoteDesk} desk
   * @param {() => string} id of the note that is written in it
   * @param {() => Record<string, unknown>|undefined} [begin] called before what was typed is taken; returns what the note is
   *   made with, where there is none yet
   */
  constructor(field, desk, id, begin = () => undefined) {
    this.#field = field;
    this.#writing = new WritingField(field);
    this.#desk = desk;
    this.#id = id;
    this.#begin = begin;
    field.addEventListener('input', () => this.take());
    field.addEventListener('compositionstart', () => this.#writing.begin());
    field.addEventListener('compositionend', () => { this.#tell(this.#writing.end(() => this.#taken())); });
    field.addEventListener('beforeinput', (event) => this.#step(event, STEPS[event.inputType]));
    field.addEventListener('keydown', (event) => this.#step(event, stepOf(event)));
  }

  /** Take what stands in the field, as it was typed. */
  take() {
    this.#tell(this.#taken());
  }

  /** What others type is shown at once, and the caret stays where it is. */
  bind() {
    const id = this.#id();
    this.#desk.bind(id, this.#writing);
    if (this.#desk.isKnown(id)) this.#writing.show(this.#desk.textOf(id));
    fitToText(this.#field);
  }

  unbind() {
    this.#desk.unbind(this.#id());
    this.#desk.pen.flush(this.#id());
  }

  #taken() {
    const [id, add] = [this.#id(), this.#begin()];
    return this.#writing.take(this.#desk.textOf(id), (text, caret) => this.#desk.pen.write(id, text, { caret, add }));
  }

  /** @param {Trouble} trouble */
  #tell(trouble) {
    fitToText(this.#field);
    if (trouble === 'too_long') toast(_('A note has at most {n} characters. What was added last is not in it.', { n: LONGEST_NOTE }));
    if (trouble === 'unclean') toast(_('Characters that nobody can see were left out.'));
  }

  /** @param {Event} event @param {'undo'|'redo'|undefined} which */
  #step(event, which) {
    if (!which || this.#writing.composing) return;
    event.preventDefault();
    this.#desk.pen.step(this.#id(), which);
    fitToText(this.#field);
  }
}

/** @param {KeyboardEvent} event @returns {'undo'|'redo'|undefined} */
function stepOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  // By the letter, or, where the layout is not Latin, by the place of the key.
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace('Key', '').toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey ? 'redo' : undefined;
}
