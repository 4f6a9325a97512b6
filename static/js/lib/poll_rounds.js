/**
 * Polls that were asked again: which round it is, and what has changed since the one before.
 */

import { _ } from './i18n.js';
import { countsSeen, resultRows } from './polls.js';

/** @typedef {import('./polls.js').Poll} Poll */
/** @typedef {{id: string, before: number, percent: number, change: number}} Change `percent`: of the answers of the round before */

/**
 * Return the round before `poll`, where this reader's map holds the numbers of both; null otherwise.
 * @param {Poll} poll
 * @param {(key: string) => Poll|undefined} get
 */
export function earlierRound(poll, get) {
  const earlier = poll.again ? get(`poll/${poll.again}`) : undefined;
  return earlier && countsSeen(earlier) && countsSeen(poll) ? earlier : null;
}

/**
 * Return, for each option, the number of the round before and by how much it has changed.
 * @param {Poll} poll
 * @param {Poll} earlier
 * @returns {Map<string, Change>}
 */
export function changesSince(poll, earlier) {
  const before = new Map(resultRows(earlier).map((row) => [row.id, row]));
  return new Map(resultRows(poll).map(({ id, count }) => {
    const { count: was = 0, percent = 0 } = before.get(id) ?? {};
    return [id, { id, before: was, percent, change: count - was }];
  }));
}

/** Which time it is asked; '' for the first. @param {Poll} poll */
export function roundName({ round }) {
  return round > 1 ? _('Round {n}', { n: round }) : '';
}

/** What an option had in the round before, and how many more or fewer it has now. @param {Change} change @param {Poll} earlier */
export function changeText({ before: n, change }, { round }) {
  if (!change) return _('round {round}: {n}, unchanged', { round, n });
  const by = Math.abs(change);
  return change > 0 ? _('round {round}: {n}, {by} more now', { round, n, by }) : _('round {round}: {n}, {by} fewer now', { round, n, by });
}
