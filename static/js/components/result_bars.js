/**
 * The numbers of a poll as bars. Each row is text that can be read without them; the bar is drawn from attributes alone.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { optionLabel } from '../lib/poll_words.js';
import { changesSince, changeText } from '../lib/poll_rounds.js';
import { resultRows } from '../lib/polls.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {import('../lib/polls.js').Row} Row */
/** @typedef {import('../lib/poll_rounds.js').Change} Change */

/**
 * @param {Poll} poll whose numbers may be seen
 * @param {string|null} [own] the option that the reader's own answer took
 * @param {Poll|null} [earlier] the round before, to stand beside it
 */
export function resultBars(poll, own = null, earlier = null) {
  const rows = resultRows(poll);
  const changes = earlier && changesSince(poll, earlier);
  const apart = poll.room === 'by_hands' && Boolean(poll.room_tally);
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  return html`<ul class="bars" data-beside=${earlier ? '' : nothing}>${rows.map((row) => html`
    <li data-own=${row.id === own ? '' : nothing}>
      <span class="bar-label"><bdi>${optionLabel(row)}</bdi>${row.id === own ? html` <span class="visually-hidden">${_('(your answer)')}</span>` : nothing}</span>
      <span class="bar-number"><b>${row.count}</b><span class="quiet"> ${_('{percent} %', { percent: row.percent })}</span></span>
      ${bar(row, all)}${changes && earlier ? before(/** @type {Change} */ (changes.get(row.id)), earlier) : nothing}
      ${apart ? html`<small class="bar-apart"><span>${_('by app: {n}', { n: row.app })}</span><span>${_('in the room: {n}', { n: row.room })}</span></small>` : nothing}
    </li>`)}</ul>`;
}

/** @param {Change} change @param {Poll} earlier */
function before(change, earlier) {
  return html`<svg class="bar bar-before" aria-hidden="true"><rect class="bar-ground" width="100%" height="100%"/><rect class="bar-earlier" width=${`${change.percent}%`} height="100%"/></svg>
    <small class="bar-change">${changeText(change, earlier)}</small>`;
}

/** @param {Row} row @param {number} all */
function bar({ app, room }, all) {
  const share = (/** @type {number} */ count) => `${all ? (count * 100) / all : 0}%`;
  return html`<svg class="bar" aria-hidden="true">
    <rect class="bar-ground" width="100%" height="100%"/>
    <rect class="bar-app" width=${share(app)} height="100%"/><rect class="bar-hands" x=${share(app)} width=${share(room)} height="100%"/>
  </svg>`;
}
