/**
 * A text with what was taken out and put in since another version of it.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { wordDiff } from '../lib/word_diff.js';

/** @param {string} before @param {string} after */
export function wordChanges(before, after) {
  return wordDiff(before, after).map(({ kind, text }) => {
    if (kind === 'same') return text;
    return kind === 'removed'
      ? html`<del><span class="visually-hidden"> ${_('[taken out:]')} </span>${text}<span class="visually-hidden"> ${_('[end]')} </span></del>`
      : html`<ins><span class="visually-hidden"> ${_('[put in:]')} </span>${text}<span class="visually-hidden"> ${_('[end]')} </span></ins>`;
  });
}
