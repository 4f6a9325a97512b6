/**
 * A poll on a recommendation as its rapporteur reads it: the numbers in a line, and the outcome to write.
 */

import { html, nothing, svg } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { changesSince, changeText, roundName } from '../lib/poll_rounds.js';
import { answeredText, optionLabel, roomText } from '../lib/poll_words.js';
import { isOver, resultRows } from '../lib/polls.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */

/** The sign stays with what stands before it. */
const BETWEEN = '\u00a0· ';

/** @param {Poll} poll @param {(() => void)|null} write null where this reader may not @param {Poll|null} [earlier] the round before */
export function recommendationPoll(poll, write, earlier = null) {
  if (poll.status === 'drafted') return html`<p class="poll small quiet">${poll.round > 1 ? `${roundName(poll)}: ` : ''}${_('A poll is asked for. The moderator opens it.')}</p>`;
  return html`<div class="poll small">
    ${bar(poll)}
    <p class="quiet">${poll.status === 'open' ? html`<span class="tag now">${_('Open')}</span> ` : nothing}${figures(poll)}</p>
    ${earlier ? html`<p class="quiet">${[...changesSince(poll, earlier).values()].map((change, index) => html`${index ? BETWEEN : ''}<bdi>${optionLabel(poll.options[index])} (${changeText(change, earlier)})</bdi>`)}</p>` : nothing}
    ${poll.outcome ? html`<p><span class="label">${_('Outcome')}</span> <span dir="auto">${poll.outcome}</span></p>` : nothing}
    ${isOver(poll) && write ? html`<button type="button" class="bare write" @click=${write}>${poll.outcome ? _('Correct the outcome') : _('Write the outcome')}</button>` : nothing}
  </div>`;
}

/** @param {Poll} poll */
function figures(poll) {
  const name = _('Version {version}, recorded', { version: poll.version ?? 1 });
  const numbers = resultRows(poll).map((row) => `${optionLabel(row)} ${row.count}`);
  return [roundName(poll), `${name}: ${numbers.join(BETWEEN)}`, answeredText(poll), roomText(poll)].filter(Boolean).join(BETWEEN);
}

/** The answers as one bar, a part for each option; the numbers stand in words beside it. @param {Poll} poll */
function bar(poll) {
  const rows = resultRows(poll);
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  let at = 0;
  return html`<svg class="tally" aria-hidden="true"><rect class="ground" width="100%" height="100%"></rect>${rows.map(({ id, count }) => {
    const x = at;
    at += all ? (count * 100) / all : 0;
    return svg`<rect data-option=${id} x=${`${x}%`} width=${`${at - x}%`} height="100%"></rect>`;
  })}</svg>`;
}
