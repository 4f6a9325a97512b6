/**
 * To whom a recommendation is addressed, in one line; nothing where it says nothing.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { addresseeNames } from '../lib/addressees.js';
import { _ } from '../lib/i18n.js';

/** @param {string[]} addressees @param {import('../lib/wire.js').Group[]|undefined} groups */
export function addresseesLine(addressees, groups) {
  if (!addressees.length) return nothing;
  const names = addresseeNames(addressees, groups);
  return html`<p class="quiet small addressees">${_('To:')} ${names.map((name, index) => html`${index ? ' · ' : nothing}<bdi>${name}</bdi>`)}</p>`;
}
