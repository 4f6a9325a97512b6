/**
 * By which rule the list of speakers is ordered, in a sentence for those who wait on it.
 */

import { _ } from './i18n.js';

/** @type {Record<string, (list: {letter?: string|null, by?: string|null}) => string>} */
const SENTENCES = {
  first_come: () => _('In the order of asking.'),
  joint_first: () => _('Joint statements come first, then the others in the order of asking.'),
  round_robin_group: () => _('The stakeholder groups take turns.'),
  joint_first_round_robin_group: () => _('Joint statements come first, then the stakeholder groups take turns.'),
  not_yet_spoken_first: () => _('Those who have not spoken yet come first.'),
  alternate_attendance: () => _('Speakers in the room and remote ones take turns.'),
  quota: ({ by }) => SHARES[by ?? 'group'](),
  alphabetical_from_letter: ({ letter }) => (letter ? _('By the names of the delegations, from the letter {letter}.', { letter }) : _('By the names of the delegations.')),
  manual: () => _('In the order that the moderator sets.'),
};

/** @type {Record<string, () => string>} */
const SHARES = {
  group: () => _('Each stakeholder group has its share of the list.'),
  attendance: () => _('Speakers in the room and remote ones have their shares of the list.'),
  region: () => _('Each region has its share of the list.'),
};

/** @param {{rule: string, letter?: string|null, by?: string|null}|undefined} list */
export function orderWords(list) {
  return SENTENCES[list?.rule ?? '']?.(list ?? {}) ?? '';
}
