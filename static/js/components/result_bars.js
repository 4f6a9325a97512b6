/**
 * The numbers of a poll as bars. Each row is text that can be read without them; the bar is drawn from attributes alone.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { optionLabel } from '../lib/poll_words.js';
import { resultRows } from '../lib/polls.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {import('../lib/polls.js').Row} Row */

/**
 * @param {Poll} poll whose numbers may be seen
 * @param {string|null} [own] the option that the reader's own answer took
 */
export function resultBars(poll, own = null) {
  const rows = resultRows(poll);
  const apart = poll.room === 'by_hands' && Boolean(poll.room_tally);
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  return html`<ul class="bars">${rows.map((row) => html`
    <li data-own=${row.id === own ? '' : nothing}>
      <span class="bar-label"><bdi>${optionLabel(row)}</bdi>${row.id === own ? html` <span class="visually-hidden">${_('(your answer)')}</span>` : nothing}</span>
      <span class="bar-number"><b>${row.count}</b><span class="quiet"> ${_('{percent} %', { percent: row.percent })}</span></span>
      ${bar(row, all)}
      ${apart ? html`<small class="bar-apart"><span>${_('by app: {n}', { n: row.app })}</span><span>${_('in the room: {n}', { n: row.room })}</span></small>` : nothing}
    </li>`)}</ul>`;
}

/** @param {Row} row @param {number} all */
function bar({ app, room }, all) {
  const share = (/** @type {number} */ count) => `${all ? (count * 100) / all : 0}%`;
  return html`<svg class="bar" aria-hidden="true">
    <rect class="bar-ground" width="100%" height="100%"/>
    <rect class="bar-app" width=${share(app)} height="100%"/><rect class="bar-hands" x=${share(app)} width=${share(room)} height="100%"/>
  </svg>`;
}
