/**
 * Where on the rapporteur's page something stands that was found.
 */

import { _ } from '../lib/i18n.js';
import { toast } from './toast.js';

/** @typedef {import('../lib/wire_search.js').Found} Found */
/** @typedef {import('./rapporteur-page.js').RapporteurPage} RapporteurPage */

/** @param {RapporteurPage} page @param {Found} found @param {string|null} intervention that a statement was made in */
export async function showFound(page, found, intervention) {
  page.pane = found.of === 'recommendation' ? 'recommendations' : 'notes';
  if (found.of !== 'recommendation') page.view = 'time';
  await page.updateComplete;
  await new Promise((resolve) => { requestAnimationFrame(resolve); });
  const place = placeOf(page, found, intervention);
  if (!place) {
    toast(_('This was handed in, or noted, and stands nowhere else on this page.'));
    return;
  }
  place.scrollIntoView({ block: 'center' });
  place.focus({ preventScroll: true });
}

/** @param {HTMLElement} page @param {Found} found @param {string|null} intervention @returns {HTMLElement|null} */
function placeOf(page, { of, id }, intervention) {
  switch (of) {
    case 'note':
      return blockOf(page, 'note-block', ({ note }) => note?.id === id)?.querySelector('textarea') ?? null;
    case 'recommendation':
      return blockOf(page, 'recommendation-card', ({ recommendation }) => recommendation?.id === id)?.querySelector('button') ?? null;
    default:
      return intervention ? page.querySelector(`[data-intervention="${CSS.escape(intervention)}"] h2`) : null;
  }
}

/** @param {HTMLElement} page @param {string} tag @param {(block: any) => boolean} is */
function blockOf(page, tag, is) {
  return [...page.querySelectorAll(tag)].find(is);
}
