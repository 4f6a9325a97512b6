/**
 * What is shown under a text that was not saved: why, the text of somebody else beside it, and the two ways out.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';

/** @param {import('./note-block.js').NoteBlock} block */
export function noteConflict({ desk, note, theirs, state }) {
  const stale = state === 'stale' && theirs;
  const keep = () => desk.keepMine(note.id);
  const give = () => desk.takeTheirs(note.id);
  return html`<div class="conflict notice now" role="group" aria-label=${_('Not saved')}>
    <p>${stale ? _('Somebody else has changed this note meanwhile. Yours is not saved yet.') : desk.problemOf(note.id)}</p>
    ${stale ? html`<dl><div><dt>${_('Yours')}</dt><dd dir="auto">${note.text}</dd></div><div><dt>${_('Theirs')}</dt><dd dir="auto">${theirs.text}</dd></div></dl>` : nothing}
    <div class="actions">
      <button type="button" @click=${give}>${stale ? _('Take theirs') : _('Discard')}</button>
      <button type="button" @click=${keep}>${stale ? _('Keep mine') : _('Try again')}</button>
    </div>
  </div>`;
}
