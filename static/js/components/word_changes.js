/**
 * A text with what was taken out and put in since another version of it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { wordDiff } from '../lib/word_diff.js';

/** @param {string} before @param {string} after */
export function wordChanges(before, after) {
  return wordDiff(before, after).map(({ kind, text }, index, pieces) => {
    if (kind === 'same') return text;
    // That a space went says nothing where something came in its place.
    if (kind === 'removed' && !text.trim() && pieces[index + 1]?.kind === 'added') return nothing;
    return kind === 'removed'
      ? html`<del><span class="visually-hidden"> ${_('[taken out:]')} </span>${text}<span class="visually-hidden"> ${_('[end]')} </span></del>`
      : html`<ins><span class="visually-hidden"> ${_('[put in:]')} </span>${text}<span class="visually-hidden"> ${_('[end]')} </span></ins>`;
  });
}
