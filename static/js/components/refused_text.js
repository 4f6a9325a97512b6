/**
 * What is shown under a text that was refused: why, and the two ways out.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';

/** @param {import('./note-block.js').NoteBlock} block */
export function refusedText({ desk, note }) {
  return html`<div class="conflict notice now" role="group" aria-label=${_('Not saved')}>
    <p>${desk.problemOf(note.id)}</p>
    <div class="actions">
      <button type="button" @click=${() => desk.pen.giveUp(note.id)}>${_('Discard')}</button>
      <button type="button" @click=${() => desk.pen.tryAgain(note.id)}>${_('Try again')}</button>
    </div>
  </div>`;
}
