/**
 * What things are called on the screens, in the reader's language.
 */

import { _, readerLanguage } from './i18n.js';

/** @typedef {import('./wire.js').Group} Group */

/** Those that are interpreted. */
export const OFFICIAL_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es'];

/** @type {Record<string, () => string>} */
const KINDS = {
  statement: () => _('Statement'),
  joint_statement: () => _('Joint statement'),
  question: () => _('Question'),
  panel_presentation: () => _('Presentation'),
  panellist_reply: () => _('Panellist’s reply'),
  video_statement: () => _('Video statement'),
  read_out: () => _('Read out'),
  point_of_order: () => _('Point of order'),
  right_of_reply: () => _('Right of reply'),
  procedural_motion: () => _('Procedural motion'),
  moderator: () => _('Moderator'),
  secretariat: () => _('Secretariat'),
};

/** @type {Record<string, () => string>} */
const SEGMENTS = {
  panel_presentations: () => _('Presentations'),
  interactive_discussion: () => _('Discussion'),
  panellists_replies: () => _('Replies'),
  other: () => _('Other'),
};

/** @type {Record<string, () => string>} */
const ROLES = {
  moderator: () => _('Moderator'),
  list_officer: () => _('List of speakers officer'),
  technical_moderator: () => _('Technical moderator'),
  rapporteur: () => _('Rapporteur'),
  secretariat: () => _('Secretariat'),
  panellist: () => _('Panellist'),
  participant: () => _('Participant'),
  observer: () => _('Observer'),
  interpreter: () => _('Interpreter'),
  display: () => _('Room display'),
};

/** @type {Record<string, () => string>} */
const STATUSES = {
  scheduled: () => _('Not started yet'),
  open: () => _('Open'),
  suspended: () => _('Suspended'),
  closed: () => _('Closed'),
  finalised: () => _('Closed, record final'),
};

/** @type {Record<string, () => string>} */
const RULINGS = {
  sustained: () => _('Sustained'),
  not_sustained: () => _('Not sustained'),
  noted: () => _('Noted'),
};

/** @type {Record<string, () => string>} */
const BOOTH_SIGNALS = {
  slower: () => _('Slower, please'),
  cannot_hear: () => _('Cannot hear'),
};

/** @type {Record<string, () => string>} */
const RULES = {
  first_come: () => _('First come, first served'),
  joint_first: () => _('Joint statements first'),
  round_robin_group: () => _('Groups take turns'),
  joint_first_round_robin_group: () => _('Joint statements, then groups in turn'),
  not_yet_spoken_first: () => _('Who spoke least goes first'),
  alternate_attendance: () => _('Room and remote take turns'),
  quota: () => _('By shares'),
  alphabetical_from_letter: () => _('In alphabetical order'),
  manual: () => _('As you place them'),
};

/** @param {Record<string, () => string>} names @returns {(value: string|null|undefined) => string} */
function namer(names) {
  return (value) => (value ? (names[value]?.() ?? value.replaceAll('_', ' ')) : '');
}

export const kindName = namer(KINDS);
export const segmentName = namer(SEGMENTS);
export const roleName = namer(ROLES);
export const ROLE_IDS = Object.freeze(Object.keys(ROLES));
export const statusName = namer(STATUSES);
export const rulingName = namer(RULINGS);
export const boothSignalName = namer(BOOTH_SIGNALS);
export const ruleName = namer(RULES);

/** @param {string|null|undefined} attendance */
export function attendanceName(attendance) {
  return attendance === 'remote' ? _('Remote') : _('In the room');
}

/**
 * Return the name of a language, `Spanish`, or the code where the browser knows none.
 * @param {string|null|undefined} code
 * @param {string} [lang]
 */
export function languageName(code, lang = readerLanguage()) {
  if (!code) return '';
  try {
    return new Intl.DisplayNames(lang, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * Return a text that is given in several languages in the reader's, or else in English, or else
 * in whichever there is.
 * @param {Record<string, string>|null|undefined} texts
 * @param {string} [lang]
 */
export function inReadersLanguage(texts, lang = readerLanguage()) {
  if (!texts) return '';
  return texts[lang] ?? texts[lang.split('-')[0]] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/**
 * Return the name of stakeholder group `id`.
 * @param {Group[]|undefined} groups
 * @param {string|null|undefined} id
 */
export function groupName(groups, id) {
  return inReadersLanguage(groups?.find((group) => group.id === id)?.name);
}

const GROUP_COLOURS = 8;

/**
 * Return the number, from 1, of the colour of group `id`; 0 for those who are in none.
 * @param {Group[]|undefined} groups
 * @param {string|null|undefined} id
 */
export function groupColour(groups, id) {
  const index = groups?.findIndex((group) => group.id === id) ?? -1;
  return index < 0 ? 0 : (index % GROUP_COLOURS) + 1;
}
