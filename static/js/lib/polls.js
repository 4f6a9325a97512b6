/**
 * Indicative polls as plain reading of the map: which are open, what was asked, and what the numbers say.
 *
 * @typedef {{id: string, label: string}} Option
 * @typedef {{counts: Record<string, number>, present: number}} RoomTally
 *
 * @typedef {object} Poll
 * @property {string} id
 * @property {'drafted'|'open'|'closed'|'published'} status
 * @property {string|null} recommendation
 * @property {number|null} version the version that it asks about; null for a draft or a question
 * @property {string} question
 * @property {Option[]} options
 * @property {'recorded'|'secret'} ballot
 * @property {'person'|'delegation'} unit
 * @property {'live'|'after_close'|'when_published'} results
 * @property {'never'|'optional'|'required_for_cannot_support'} reasons
 * @property {'by_app'|'by_hands'} room
 * @property {string|null} again the poll that it asks once more
 * @property {number} round
 * @property {number} eligible
 * @property {number} answered
 * @property {string|null} opened_at
 * @property {string|null} closed_at
 * @property {string|null} outcome
 * @property {Record<string, number>} [tally] once it may be seen
 * @property {RoomTally|null} [room_tally]
 * @property {Record<string, number>} [total]
 * @property {'few'|'all_agree'|null} [gives_away] why the figures of a secret poll may tell who answered what; for staff
 *
 * @typedef {object} Text a recommendation, as far as polls need it
 * @property {string} id
 * @property {string|null} symbol
 * @property {string|null} title
 * @property {string} text
 * @property {number} version
 * @property {string} status
 * @property {{version: number, text: string}|null} previous
 * @property {string} proposed_at
 *
 * @typedef {'role'|'came_later'|'in_room'|'no_delegation'|'not_named'} NotEligible
 * @typedef {{eligible: boolean, why_not: NotEligible|null, option: string|null, reason: string|null, at: string|null, by_me: boolean, answered: boolean|null}} OwnAnswer
 * @typedef {{id: string, label: string, app: number, room: number, count: number, percent: number}} Row
 */

/** The option that may ask for a reason. */
export const CANNOT_SUPPORT = 'cannot_support';

/** @param {Poll[]} polls @returns {Poll[]} in the order of their opening, drafts last */
export function inTime(polls) {
  return [...polls].sort((a, b) => Number(!a.opened_at) - Number(!b.opened_at) || compare(a.opened_at ?? '', b.opened_at ?? '') || compare(a.id, b.id));
}

/** @param {Poll[]} polls */
export function openPolls(polls) {
  return inTime(polls.filter((poll) => poll.status === 'open'));
}

/** @param {Poll[]} polls @returns {Poll[]} the last one closed first */
export function closedPolls(polls) {
  return polls.filter(isOver).sort((a, b) => compare(b.closed_at ?? '', a.closed_at ?? '') || compare(a.id, b.id));
}

/** @param {Poll} poll */
export function isOver(poll) {
  return poll.status === 'closed' || poll.status === 'published';
}

/** Say whether this reader's map holds the numbers. @param {Poll} poll */
export function countsSeen(poll) {
  return poll.total !== undefined;
}

/** Say whether everybody may see the numbers; staff see them before. @param {Poll} poll */
export function resultIsPublic({ status, results }) {
  if (results === 'when_published') return status === 'published';
  return status === 'closed' || status === 'published' || (results === 'live' && status === 'open');
}

/**
 * Return the numbers of a poll, an option each, in the poll's order; the percentages are of the answers and sum to 100.
 * @param {Poll} poll
 * @returns {Row[]}
 */
export function resultRows({ options, tally = {}, room_tally: room = null }) {
  const counts = options.map(({ id }) => (tally[id] ?? 0) + (room?.counts[id] ?? 0));
  const percents = percentages(counts);
  return options.map(({ id, label }, index) => ({
    id, label, app: tally[id] ?? 0, room: room?.counts[id] ?? 0, count: counts[index], percent: percents[index],
  }));
}

/**
 * Return whole percentages that sum to 100 (largest remainders), or zeros where there is nothing to share.
 * @param {number[]} counts
 */
export function percentages(counts) {
  const sum = counts.reduce((all, each) => all + each, 0);
  if (!sum) return counts.map(() => 0);
  const exact = counts.map((count) => (count * 100) / sum);
  const whole = exact.map(Math.floor);
  const left = 100 - whole.reduce((all, each) => all + each, 0);
  const byRemainder = exact.map((each, index) => ({ index, rest: each - whole[index] })).sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index] += 1;
  return whole;
}

/** @param {Poll} poll @returns {number} how many hands were counted in the room */
export function handsCounted({ room_tally: room }) {
  return Object.values(room?.counts ?? {}).reduce((all, each) => all + each, 0);
}

/**
 * Return the text that a poll asks about, in the version that it asks about; null where the map no longer has it.
 * @param {Poll} poll
 * @param {Text|undefined} recommendation
 * @returns {{text: string, revised: boolean}|null} `revised`: another version stands by now
 */
export function polledText({ version }, recommendation) {
  if (!recommendation) return null;
  if (version === null || version === recommendation.version) return { text: recommendation.text, revised: false };
  const { previous } = recommendation;
  return previous?.version === version ? { text: previous.text, revised: true } : null;
}

/**
 * Return why somebody has no answer to give to an open poll, or null.
 * @param {OwnAnswer|undefined} mine none for those who follow the poll without being in it
 * @returns {NotEligible|null}
 */
export function whyNotEligible(mine) {
  return mine?.eligible ? null : mine?.why_not ?? 'role';
}

/** Say whether `option` needs a reason in `poll`. @param {Poll} poll @param {string|null} option */
export function needsReason(poll, option) {
  return poll.reasons === 'required_for_cannot_support' && option === CANNOT_SUPPORT;
}

/** @param {Text[]} texts @returns {Text[]} as they were proposed; those withdrawn last */
export function textsInOrder(texts) {
  return [...texts].sort((a, b) => Number(a.status === 'withdrawn') - Number(b.status === 'withdrawn') || compare(a.proposed_at, b.proposed_at) || compare(a.id, b.id));
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
