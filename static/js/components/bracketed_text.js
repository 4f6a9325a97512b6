/**
 * A text in which what is not agreed can be told from the rest, and a hint to whoever writes one.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { hasBrackets, missingBracket, passages } from '/static/js/lib/brackets.js';
import { _ } from '/static/js/lib/i18n.js';

/** @param {string} text */
export function bracketed(text) {
  if (!hasBrackets(text)) return text;
  return passages(text).map(({ inBrackets, text: piece }) => (inBrackets ? html`<span class="bracketed">${piece}</span>` : piece));
}

/** @param {string} text */
export function bracketHint(text) {
  const missing = missingBracket(text);
  if (missing === 'closing') return html`<p class="hint">${_('A square bracket is opened and not closed.')}</p>`;
  if (missing === 'opening') return html`<p class="hint">${_('A square bracket is closed and was not opened.')}</p>`;
  return hasBrackets(text) ? html`<p class="hint">${_('What stands in square brackets is not agreed.')}</p>` : nothing;
}
