/**
 * The balance as rows that can be read and drawn: shares of requests, turns and minutes, who waited longest, who was not heard.
 */

import { _ } from './i18n.js';
import { languageName } from './names.js';
import { categoryName } from './rule_words.js';

/** @typedef {import('./wire.js').Balance} Balance */
/** @typedef {import('./wire.js').Dimension} Dimension */
/** @typedef {import('./wire.js').Group} Group */
/** @typedef {import('./wire.js').Share} Share */
/** @typedef {import('./wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./wire.js').Person} Person */
/** @typedef {'session'|'day'|'workshop'} Period */
/** @typedef {{id: string, requests: number, turns: number, seconds: number, percent: number, of_requests: number}} Row `percent`: of the time spoken, or of the turns while nobody has spoken a second; `of_requests`: of the requests */

/** @type {readonly Dimension[]} */
export const DIMENSIONS = Object.freeze(['group', 'attendance', 'region', 'language', 'gender']);

/**
 * Return the shares of one dimension over a period, the largest first.
 * @param {Balance|undefined} balance
 * @param {Period} period the day and the workshop hold this session and those before it
 * @param {Dimension} dimension
 * @returns {Row[]}
 */
export function balanceRows(balance, period, dimension) {
  /** @type {Map<string, Share>} */
  const sums = new Map();
  const earlier = period === 'session' ? undefined : balance?.earlier[period];
  for (const shares of [balance?.session, earlier]) {
    for (const [id, share] of Object.entries(shares?.[dimension] ?? {})) {
      const before = sums.get(id) ?? [0, 0, 0];
      sums.set(id, /** @type {Share} */ (share.map((more, at) => more + before[at])));
    }
  }
  const all = [0, 1, 2].map((at) => [...sums.values()].reduce((sum, share) => sum + share[at], 0));
  const measure = all[2] ? 2 : 1;
  return [...sums]
    .map(([id, share]) => ({
      id, requests: share[0], turns: share[1], seconds: share[2],
      percent: percent(share[measure], all[measure]), of_requests: percent(share[0], all[0]),
    }))
    .sort((a, b) => b.seconds - a.seconds || b.turns - a.turns || b.requests - a.requests || (a.id < b.id ? -1 : 1));
}

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return whole ? Math.round((part * 100) / whole) : 0;
}

/**
 * Return the groups that nobody of has had a turn in the period, those who wait first.
 * @param {Group[]} groups
 * @param {Row[]} rows
 * @returns {{group: Group, requests: number}[]}
 */
export function notHeard(groups, rows) {
  const found = new Map(rows.map((row) => [row.id, row]));
  return groups
    .filter(({ id }) => !found.get(id)?.turns)
    .map((group) => ({ group, requests: found.get(group.id)?.requests ?? 0 }))
    .sort((a, b) => b.requests - a.requests);
}

/**
 * Return who has waited longest of those on the list of speakers, and of those among them who are remote.
 * @param {FloorRequest[]} waiting
 * @param {(id: string) => Person|undefined} personOf
 * @returns {{overall: FloorRequest|null, remote: FloorRequest|null}}
 */
export function longestWaiting(waiting, personOf) {
  const longest = (/** @type {FloorRequest[]} */ among) => among.reduce(
    (/** @type {FloorRequest|null} */ first, each) => (!first || each.requested_at < first.requested_at ? each : first), null);
  return { overall: longest(waiting), remote: longest(waiting.filter(({ person }) => personOf(person)?.attendance === 'remote')) };
}

/** @param {Dimension} dimension */
export function dimensionName(dimension) {
  /** @type {Record<Dimension, () => string>} */
  const names = { group: () => _('Group'), attendance: () => _('Room or remote'), region: () => _('Region'), language: () => _('Language'), gender: () => _('Gender') };
  return names[dimension]();
}

/** @param {Dimension} dimension @param {string} id @param {Group[]} groups */
export function shareName(dimension, id, groups) {
  if (dimension === 'language') return languageName(id);
  return categoryName(dimension, id, groups);
}
