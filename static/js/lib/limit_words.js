/**
 * The speaking times in force, in words: what the map says, and no reckoning with it.
 */

import { minutesText } from './durations.js';
import { _, ngettext } from './i18n.js';
import { groupName, kindName } from './names.js';

/** @typedef {import('./wire.js').Limits} Limits */
/** @typedef {import('./wire.js').Group} Group */

/**
 * Return how long people may speak, a sentence each: everybody, a group, kinds of their own.
 * @param {Limits} limits
 * @param {Group[]|undefined} groups
 * @param {string|null|undefined} group whose sentence is wanted beside everybody's
 * @param {string} kind what is about to be asked for
 */
export function limitsInForce(limits, groups, group, kind) {
  if (limits.shared_seconds) return [sharedWords(limits.shared_seconds)];
  const sentences = [];
  const usual = limits.default_seconds;
  sentences.push(usual ? _('Speaking time: {time}.', { time: minutesText(usual) }) : _('There is no time limit.'));
  const theirs = limits.groups[group ?? ''];
  if (theirs) sentences.push(_('{group}: {time}.', { group: groupName(groups, group), time: minutesText(theirs) }));
  const ofKind = limits.kinds[kind];
  if (ofKind) sentences.push(_('{kind}: {time}.', { kind: kindName(kind), time: minutesText(ofKind) }));
  return sentences;
}

/**
 * Return how long one will have oneself.
 * @param {number|null|undefined} seconds
 */
export function ownLimit(seconds) {
  return seconds ? _('You will have {time}.', { time: minutesText(seconds) }) : _('You speak without a time limit.');
}

/** @param {number} seconds */
export function sharedWords(seconds) {
  return _('The time left is shared: at most {time} each.', { time: minutesText(seconds) });
}

/**
 * Return what is proposed before it holds.
 * @param {{seconds: number, names: number}} proposed
 */
export function proposedWords({ seconds, names }) {
  return ngettext(
    'Proposed: {time} for the one who waits, so that there is time for all. It holds once the moderator says so.',
    'Proposed: {time} each for the {n} who wait, so that there is time for all. It holds once the moderator says so.',
    names,
    { time: minutesText(seconds) },
  );
}

/**
 * Return the speaking times of rights of reply, or '' where they have none of their own.
 * @param {Record<string, number>} replies
 */
export function replyLimits({ 1: first, 2: second }) {
  if (first && second) return _('Two for each delegation on this item: {first} for the first, {second} for the second.', { first: minutesText(first), second: minutesText(second) });
  return _('Two for each delegation on this item.');
}
