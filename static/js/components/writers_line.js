/**
 * Who else writes in a note just now: on the edge of its field, where it moves nothing and interrupts nobody.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { nameText } from './who.js';

/** @param {import('../lib/wire.js').Person[]} writers */
export function writersLine(writers) {
  const [name, ...others] = writers.map((person) => `\u2068${nameText(person)}\u2069`);
  if (!name) return nothing;
  return html`<p class="writers"><span class="clip">${others.length ? _('{name} and others are writing here', { name }) : _('{name} is writing here', { name })}</span></p>`;
}
