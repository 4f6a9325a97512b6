/**
 * A text with what was taken out and put in since another version of it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { atBrackets, hasBrackets } from '/static/js/lib/brackets.js';
import { _ } from '/static/js/lib/i18n.js';
import { wordDiff } from '/static/js/lib/word_diff.js';

/**
 * In an element with `dir="auto"`, which does not go by what is only said aloud: that has a direction of its own.
 * @param {string} before
 * @param {string} after
 */
export function wordChanges(before, after) {
  return wordDiff(before, after).map(({ kind, text }, index, pieces) => {
    if (kind === 'same') return signs(text);
    // That a space went says nothing where something came in its place.
    if (kind === 'removed' && !text.trim() && pieces[index + 1]?.kind === 'added') return nothing;
    return kind === 'removed'
      ? html`<del><span class="visually-hidden" dir="auto"> ${_('[taken out:]')} </span>${signs(text)}<span class="visually-hidden" dir="auto"> ${_('[end]')} </span></del>`
      : html`<ins><span class="visually-hidden" dir="auto"> ${_('[put in:]')} </span>${signs(text)}<span class="visually-hidden" dir="auto"> ${_('[end]')} </span></ins>`;
  });
}

/** A passage in brackets may begin in one piece and end in another, so the brackets are marked alone. @param {string} text */
function signs(text) {
  return hasBrackets(text) ? atBrackets(text).map((part) => (hasBrackets(part) ? html`<b class="bracket">${part}</b>` : part)) : text;
}
