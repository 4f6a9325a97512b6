/**
 * The keys that mark the kind of a note, shown where they work; they can be switched off.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { KIND_KEYS, noteKindName } from '../lib/note_kinds.js';
import { keysAreOn, switchKeys } from '../lib/note_keys.js';

/**
 * @param {() => void} changed
 * @param {(kind: import('../lib/wire_documents.js').NoteKind) => void} mark
 */
export function keysLine(changed, mark) {
  const on = keysAreOn();
  const toggle = () => { switchKeys(!on); changed(); };
  return html`<div class="keys small">
    ${on ? KIND_KEYS.map(({ key, kind }, index) => html`<button type="button" class="bare" tabindex="-1" @click=${() => mark(kind)}><kbd>${index ? '' : html`${_('Alt')} `}${key}</kbd>${noteKindName(kind)}</button>`) : nothing}
    <span class="quiet"><kbd>${_('Enter')}</kbd>${_('next note')}</span>
    <span class="quiet"><kbd>${_('Shift Enter')}</kbd>${_('new line')}</span>
    <button type="button" class="bare switch" aria-pressed=${String(on)} @click=${toggle}>${_('Keys with Alt')}</button>
  </div>`;
}
