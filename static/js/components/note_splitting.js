/**
 * A text of several paragraphs as a note each.
 */

import { html } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { paragraphsOf } from '../lib/paragraphs.js';
import { newId } from '../live/ids.js';

/** @param {number} count @param {() => void} split @param {() => void} keep */
export function offerToSplit(count, split, keep) {
  return html`<p class="row handed-in small" role="group" aria-label=${_('Pasted text')}>
    <button type="button" @click=${split}>${ngettext('Make {n} note of it', 'Make {n} notes of it', count)}</button>
    <button type="button" class="bare" @click=${keep}>${_('Keep as one')}</button></p>`;
}

/**
 * Leave the first paragraph of `text` in note `id`, and make a note of each other; with `after` in `data`, in order behind it.
 * @param {import('../live/note_desk.js').NoteDesk} desk
 * @param {string} id
 * @param {string} text
 * @param {Record<string, unknown>} data
 */
export function splitUp(desk, id, text, data) {
  let last = id;
  for (const [index, part] of paragraphsOf(text).entries()) {
    const note = index ? newId() : id;
    desk.pen.write(note, part, { add: index && 'after' in data ? { ...data, after: last } : data });
    desk.pen.flush(note);
    last = note;
  }
}
