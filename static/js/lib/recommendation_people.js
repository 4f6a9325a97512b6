/**
 * What people said of a recommendation, in words: whose it is, where they stand, what has become of an amendment.
 */

import { _, ngettext } from './i18n.js';
import { groupName } from './names.js';

/** @typedef {import('./wire_documents.js').Attributed} Attributed */
/** @typedef {import('./wire_documents.js').Amendment} Amendment */
/** @typedef {import('./wire_documents.js').PositionKind} PositionKind */

/** @type {Record<PositionKind, () => string>} */
const POSITIONS = {
  supports: () => _('supports it'),
  reserves: () => _('reserves its position'),
  dissociates: () => _('dissociates itself'),
};

/** @type {PositionKind[]} */
export const POSITIONS_IN_ORDER = /** @type {PositionKind[]} */ (Object.keys(POSITIONS));

/** @param {PositionKind} position */
export function positionName(position) {
  return POSITIONS[position]?.() ?? position;
}

/** How many take which position, in a line; '' for none. @param {Partial<Record<PositionKind, number>>|undefined} counts */
export function positionsText(counts = {}) {
  return POSITIONS_IN_ORDER.filter((each) => counts[each]).map((each) => `${positionName(each)}: ${counts[each]}`).join(' · ');
}

/** @param {Amendment} amendment */
export function amendmentStateName({ state, taken_in: version }) {
  switch (state) {
    case 'taken_in': return _('taken in by version {version}', { version: version ?? '' });
    case 'set_aside': return _('set aside');
    case 'overtaken': return _('overtaken by a later version');
    default: return _('not answered yet');
  }
}

/** Those that wait for an answer, whatever version they were proposed to. @param {Amendment[]|undefined} amendments */
export function waitingAmendments(amendments = []) {
  return amendments.filter(({ state }) => state === 'open' || state === 'overtaken');
}

/** @param {Amendment[]|undefined} amendments */
export function amendmentsText(amendments) {
  const waiting = waitingAmendments(amendments).length;
  return waiting ? ngettext('{n} amendment to answer', '{n} amendments to answer', waiting) : '';
}

/**
 * Return whose something is, as far as it is told; '' for what staff wrote down.
 * @param {Attributed|null} by
 * @param {import('./wire.js').Group[]|undefined} groups
 */
export function whoseText(by, groups) {
  if (!by) return '';
  const named = [by.name, by.organisation].filter(Boolean).join(', ');
  return named || groupName(groups, by.group) || _('a participant');
}
