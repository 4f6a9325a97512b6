/**
 * A sentence that says what a poll has shown, for its outcome to begin with: the figures in words, and no decision.
 */

import { _, ngettext, readerLanguage } from './i18n.js';
import { optionLabel } from './poll_words.js';
import { handsCounted, resultRows } from './polls.js';

/** @typedef {import('./polls.js').Poll} Poll */
/** @typedef {import('./polls.js').Row} Row */

/** What so many do who took an option that comes with a preset. @type {Record<string, (n: number) => string>} */
const DOING = {
  support: (n) => ngettext('{n} can support', '{n} can support', n),
  support_with_changes: (n) => ngettext('{n} can support with changes', '{n} can support with changes', n),
  cannot_support: (n) => ngettext('{n} cannot support', '{n} cannot support', n),
  abstain: (n) => ngettext('{n} abstains', '{n} abstain', n),
  agree: (n) => ngettext('{n} agrees', '{n} agree', n),
  can_live_with: (n) => ngettext('{n} can live with it', '{n} can live with it', n),
  stand_aside: (n) => ngettext('{n} stands aside', '{n} stand aside', n),
  yes: (n) => ngettext('{n} says yes', '{n} say yes', n),
  no: (n) => ngettext('{n} says no', '{n} say no', n),
};

/** @param {Poll} poll */
export function outcomeSentence(poll) {
  const rows = resultRows(poll).filter(({ count }) => count > 0);
  if (!rows.length) return _('Nobody answered.');
  const list = new Intl.ListFormat(readerLanguage(), { type: 'conjunction' });
  return _('Of {whom}, {figures}.', { whom: whom(poll), figures: list.format(rows.map(doing)) });
}

/** @param {Row} row */
function doing(row) {
  return isOurs(row) ? DOING[row.id](row.count) : _('{n} for “{option}”', { n: row.count, option: row.label });
}

/** Whether an option is one that came with a preset, and not one of the same id that somebody typed. @param {Row} row */
function isOurs({ id, label }) {
  return id in DOING && optionLabel({ id, label: '' }) === optionLabel({ id, label });
}

/** @param {Poll} poll */
function whom(poll) {
  const { unit, answered } = poll;
  const byApp = unit === 'person'
    ? ngettext('{n} person who answered', '{n} people who answered', answered)
    : ngettext('{n} delegation that answered', '{n} delegations that answered', answered);
  const raised = handsCounted(poll);
  if (!raised) return byApp;
  const hands = ngettext('{n} hand raised in the room', '{n} hands raised in the room', raised);
  return answered ? _('{first} and {second}', { first: byApp, second: hands }) : hands;
}
