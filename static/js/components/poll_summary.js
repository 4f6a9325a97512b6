/**
 * The result of a poll: the bars, how many took part and where, that it decides nothing, and what follows from it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { answeredText, roomText, silentText } from '../lib/poll_words.js';
import { countsSeen } from '../lib/polls.js';
import { resultBars } from './result_bars.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */

/**
 * @param {Poll} poll
 * @param {{own?: string|null, earlier?: Poll|null}} [more] `earlier`: the round before, where both may be seen
 */
export function pollSummary(poll, { own = null, earlier = null } = {}) {
  const facts = [answeredText(poll), poll.status === 'open' ? '' : silentText(poll), roomText(poll), _('Indicative: nothing is adopted by it')];
  return html`
    ${countsSeen(poll) ? resultBars(poll, own, earlier) : html`<p class="quiet unseen">${unseen(poll)}</p>`}
    <p class="quiet small facts">${facts.filter(Boolean).map((fact, index) => html`${index ? ' · ' : nothing}<bdi>${fact}</bdi>`)}</p>
    ${poll.outcome ? html`<p class="outcome"><span class="label">${_('Outcome')}</span> <span dir="auto">${poll.outcome}</span></p>` : nothing}`;
}

/** Why there are no numbers. @param {Poll} poll */
export function unseen({ results }) {
  return results === 'when_published' ? _('The numbers are shown when the moderator publishes them.') : _('The numbers are shown when the poll closes.');
}
