/**
 * A text with what was taken out and put in since another version of it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { wordDiff } from '../lib/word_diff.js';

/**
 * In an element with `dir="auto"`, which does not go by what is only said aloud: that has a direction of its own.
 * @param {string} before
 * @param {string} after
 */
export function wordChanges(before, after) {
  return wordDiff(before, after).map(({ kind, text }, index, pieces) => {
    if (kind === 'same') return text;
    // That a space went says nothing where something came in its place.
    if (kind === 'removed' && !text.trim() && pieces[index + 1]?.kind === 'added') return nothing;
    return kind === 'removed'
      ? html`<del><span class="visually-hidden" dir="auto"> ${_('[taken out:]')} </span>${text}<span class="visually-hidden" dir="auto"> ${_('[end]')} </span></del>`
      : html`<ins><span class="visually-hidden" dir="auto"> ${_('[put in:]')} </span>${text}<span class="visually-hidden" dir="auto"> ${_('[end]')} </span></ins>`;
  });
}
