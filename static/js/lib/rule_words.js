/**
 * Why the rule of the list would have somebody next, in a sentence that states the rule's own key.
 */

import { sinceText } from './durations.js';
import { _, ngettext } from './i18n.js';
import { attendanceName, groupName } from './names.js';

/** @typedef {import('./wire.js').ListOfSpeakers} ListOfSpeakers */
/** @typedef {import('./wire.js').RuleReason} RuleReason */
/** @typedef {import('./wire.js').Group} Group */
/** @typedef {{groups: Group[], name: string, now: number}} Around `name`: of whoever the rule would have next */

/** @type {Record<string, (values: RuleReason, around: Around, list: ListOfSpeakers) => string>} */
const REASONS = {
  first_come: (_values, { name }) => _('{name} asked first', { name }),
  joint_first: (values, { name }) => (values.category === 'joint' ? _('a joint statement next') : _('no joint statement waits, {name} asked first', { name })),
  round_robin_group: (values, around) => turnOf(groupOr(values, around), values, around),
  joint_first_round_robin_group: (values, around) => (values.category === 'joint' ? _('a joint statement next') : turnOf(groupOr(values, around), values, around)),
  not_yet_spoken_first: ({ times }, { name }) => (times
    ? ngettext('{name} next, spoke once', '{name} next, spoke {n} times', times, { name })
    : _('{name} next, has not spoken yet', { name })),
  alternate_attendance: (values, around) => turnOf(values.category === 'remote' ? _('remote') : _('the room'), values, around),
  quota: (values, around, { by }) => _('{whom} next, furthest below the share', { whom: categoryName(by, values.category, around.groups) }),
  alphabetical_from_letter: (_values, { name }, { letter }) => _('from {letter}: {name} next', { letter: letter?.toUpperCase() ?? '', name }),
};

/**
 * Return the reason without the rule's name: `NGOs next, not heard for 14 min`; '' where it has nobody to suggest.
 * @param {ListOfSpeakers} list
 * @param {Around} around
 */
export function reasonText(list, around) {
  const values = list.reason?.values ?? {};
  if (values.category === 'absent') return _('{name} next, called before and not there', { name: around.name });
  return values.request ? (REASONS[list.rule]?.(values, around, list) ?? '') : '';
}

/**
 * Return what a quota's share, or a bar of the balance, is of.
 * @param {string|null|undefined} by
 * @param {string|null|undefined} id
 * @param {Group[]} groups
 */
export function categoryName(by, id, groups) {
  if (!id) return by === 'region' ? _('those without a region') : _('those without a group');
  if (by === 'attendance') return attendanceName(id);
  return by === 'group' ? groupName(groups, id) || id : id;
}

/** @param {RuleReason} values @param {Around} around */
function groupOr({ category }, { groups }) {
  return categoryName('group', category, groups);
}

/** @param {string} whom @param {RuleReason} values @param {Around} around */
function turnOf(whom, { last_at: at }, { now }) {
  if (!at) return _('{whom} next, not heard yet', { whom });
  const since = sinceText(at, now);
  return since ? _('{whom} next, not heard for {since}', { whom, since }) : _('{whom} next', { whom });
}

/** @type {Record<string, () => string>} */
const MEANINGS = {
  first_come: () => _('Everybody in the order in which they asked.'),
  joint_first: () => _('Who speaks for several goes first, then the others in the order in which they asked.'),
  round_robin_group: () => _('The group that was heard longest ago is next.'),
  joint_first_round_robin_group: () => _('Who speaks for several goes first, then the group that was heard longest ago.'),
  not_yet_spoken_first: () => _('Who has not spoken in this session goes before who has.'),
  alternate_attendance: () => _('Somebody from the room, somebody remote, and so on.'),
  quota: () => _('Whoever is furthest below the share that you set is next.'),
  alphabetical_from_letter: () => _('By the name of the delegation, beginning with a letter that was drawn.'),
  manual: () => _('No rule: new requests come last, and you move them.'),
};

/** The rules that a moderator may choose, in the order in which they are offered. */
export const RULE_IDS = Object.freeze(Object.keys(MEANINGS));

/** @param {string} rule */
export function ruleMeaning(rule) {
  return MEANINGS[rule]?.() ?? '';
}
