/**
 * The choice of what the next note is written under.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { downIcon } from './icons.js';
import { offerTargets, targetName } from './note_targets.js';

/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./note-composer.js').NoteComposer} NoteComposer */

/** @param {NoteComposer} composer @param {() => ActionMenu} menu */
export function underButton(composer, menu) {
  const { session, past, targets, target } = composer;
  const found = targets.find(({ id }) => id === target);
  const open = (/** @type {Event} */ { currentTarget: opener }) => choose(composer, menu(), /** @type {HTMLElement} */ (opener));
  return html`<button type="button" class="bare under small" id="writes-under" aria-haspopup="menu" aria-expanded="false" @click=${open}><span class="quiet">${_('under')}</span>
    <bdi class="clip">${found ? targetName(session, past, found) : _('no intervention')}</bdi>${downIcon}</button>`;
}

/** @param {NoteComposer} composer @param {ActionMenu} menu @param {HTMLElement} opener */
function choose(composer, menu, opener) {
  const { session, past, chosen } = composer;
  const before = [{ label: _('Whoever has the floor'), current: chosen === undefined, run: () => chooseUnder(composer, undefined) }];
  offerTargets(menu, opener, _('Write under'), { session, past, current: chosen, choose: (target) => chooseUnder(composer, target), before });
}

/** @param {NoteComposer} composer @param {string|null|undefined} target */
function chooseUnder(composer, target) {
  composer.dispatchEvent(new Event('ended'));
  composer.dispatchEvent(new CustomEvent('target', { detail: target }));
  if (composer.desk.has(composer.note) && target !== undefined) composer.session.send('note.mark', { note: composer.note, intervention: target });
  composer.focus();
}
