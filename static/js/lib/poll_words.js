/**
 * What a poll says of itself: what it is about, on which terms, how many answered, and why somebody cannot.
 *
 * It is indicative: nothing here may sound like a decision.
 */

import { _, ngettext } from './i18n.js';
import { handsCounted } from './polls.js';
import { secrecySentence, secretChip, secretSentence } from './secret_poll_words.js';

/** @typedef {import('./polls.js').Poll} Poll */
/** @typedef {import('./polls.js').Text} Text */
/** @typedef {import('./polls.js').Option} Option */

/** The options that come with the presets: id, the server's label, ours. @type {Record<string, [string, () => string]>} */
const OPTIONS = {
  support: ['Can support', () => _('Can support')],
  support_with_changes: ['Can support with changes', () => _('Can support with changes')],
  cannot_support: ['Cannot support', () => _('Cannot support')],
  abstain: ['Abstain', () => _('Abstain')],
  agree: ['Agree', () => _('Agree')],
  can_live_with: ['Can live with it', () => _('Can live with it')],
  stand_aside: ['Stand aside', () => _('Stand aside')],
  yes: ['Yes', () => _('Yes')],
  no: ['No', () => _('No')],
};

/** @type {Record<string, string[]>} */
export const PRESETS = {
  support_scale: ['support', 'support_with_changes', 'cannot_support', 'abstain'],
  consensus_scale: ['agree', 'can_live_with', 'stand_aside', 'cannot_support'],
  yes_no_abstain: ['yes', 'no', 'abstain'],
};

/** Return an option in the reader's language where it is one of ours, else as it was typed. @param {Option} option */
export function optionLabel({ id, label }) {
  const known = OPTIONS[id];
  return known && (!label || known[0] === label) ? known[1]() : label;
}

/** @type {Record<string, () => string>} */
const PRESET_NAMES = {
  support_scale: () => _('Scale of support'),
  consensus_scale: () => _('Scale of consensus'),
  yes_no_abstain: () => _('Yes, no, abstain'),
};

/** @param {string} preset */
export function presetName(preset) {
  return PRESET_NAMES[preset]();
}

/** @param {string} preset */
export function presetLabels(preset) {
  return PRESETS[preset].map((id) => OPTIONS[id][1]()).join(' · ');
}

/** @param {Text|undefined} text */
export function textName(text) {
  return text?.symbol ? _('Recommendation {symbol}', { symbol: text.symbol }) : _('Recommendation');
}

/** What a poll is about, as its heading. @param {Poll} poll @param {Text|undefined} text */
export function aboutText(poll, text) {
  if (!poll.recommendation) return _('Question to the meeting');
  const version = poll.version ?? text?.version;
  const name = textName(text);
  return version ? _('{recommendation}, version {version}', { recommendation: name, version }) : name;
}

/** The two things that one looks for first. @param {Poll} poll */
export function termsChip(poll) {
  const { results } = poll;
  if (poll.ballot === 'secret') return secretChip(poll);
  if (results === 'live') return _('Recorded · results at once');
  return results === 'after_close' ? _('Recorded · results after close') : _('Recorded · results when published');
}

/**
 * Everything to know before the first tap, a sentence each.
 * @param {Poll} poll
 * @param {{organisation?: string|null, attribution?: string}} reader
 */
export function termSentences(poll, { organisation, attribution } = {}) {
  if (poll.ballot === 'secret') return [_('It is indicative: nothing is adopted by it.'), secrecySentence(), secretSentence(poll), shownWhen(poll)];
  const unit = poll.unit === 'person' ? _('One answer per person; you may change it until the poll closes.') : delegationSentence(organisation);
  return [_('It is indicative: nothing is adopted by it.'), unit, recordedSentence(poll, attribution), resultsSentence(poll), reasonsSentence(poll), handsSentence(poll)].filter(Boolean);
}

/** @param {string|null|undefined} organisation */
function delegationSentence(organisation) {
  return organisation
    ? _('One answer per delegation, for {organisation}; any member may give or change it until the poll closes.', { organisation })
    : _('One answer per delegation; any member may give or change it until the poll closes.');
}

/** @param {Poll} poll @param {string|undefined} attribution */
function recordedSentence({ unit }, attribution) {
  if (attribution === 'non_attributed') return _('Recorded, not secret: the secretariat can read who answered what; the record of the session gives numbers only.');
  if (unit === 'delegation') return _('Recorded, not secret: the secretariat can read it, and the record may name delegations with their answers.');
  if (attribution === 'affiliation_only') return _('Recorded, not secret: the secretariat can read it, and the record may name organisations with their answers.');
  return _('Recorded, not secret: the secretariat can read it, and the record may name people with their answers.');
}

/** @param {Poll} poll */
function resultsSentence(poll) {
  return poll.results === 'live' ? shownWhen(poll) : `${shownWhen(poll)} ${_('The moderator’s team sees them before.')}`;
}

/** @param {Poll} poll */
function reasonsSentence({ reasons }) {
  return { never: '', optional: _('You may say why.'), required_for_cannot_support: _('“Cannot support” needs a reason.') }[reasons];
}

/** @param {Poll} poll */
function handsSentence({ room }) {
  return room === 'by_hands' ? _('Those in the room raise their hands instead, and are counted beside it.') : '';
}

/** When everybody sees the numbers. @param {Poll} poll */
export function shownWhen({ results }) {
  if (results === 'live') return _('Everybody sees the numbers as they come.');
  return results === 'after_close' ? _('Numbers are shown when it closes.') : _('Numbers are shown when the moderator publishes them.');
}

/** @param {Poll} poll */
export function answeredText({ unit, answered, eligible, status }) {
  if (status !== 'open') return overText({ unit, answered, eligible });
  if (unit === 'person') return ngettext('{answered} of {n} person has answered', '{answered} of {n} people have answered', eligible, { answered });
  return ngettext('{answered} of {n} delegation has answered', '{answered} of {n} delegations have answered', eligible, { answered });
}

/** @param {Pick<Poll, 'unit'|'answered'|'eligible'>} poll */
function overText({ unit, answered, eligible }) {
  if (unit === 'person') return ngettext('{answered} of {n} person answered', '{answered} of {n} people answered', eligible, { answered });
  return ngettext('{answered} of {n} delegation answered', '{answered} of {n} delegations answered', eligible, { answered });
}

/** Those who could have answered and did not; '' where all did. @param {Poll} poll */
export function silentText({ answered, eligible }) {
  return answered < eligible ? ngettext('{n} did not answer', '{n} did not answer', eligible - answered) : '';
}

/** The show of hands in a sentence; '' in a poll without. @param {Poll} poll */
export function roomText(poll) {
  if (poll.room !== 'by_hands') return '';
  if (!poll.room_tally) return _('Hands in the room are not counted yet.');
  return ngettext('In the room, by show of hands: {hands} of {n} present', 'In the room, by show of hands: {hands} of {n} present', poll.room_tally.present, { hands: handsCounted(poll) });
}

/** @param {import('./polls.js').NotEligible} why @param {Poll} poll */
export function notEligibleSentence(why, poll) {
  switch (why) {
    case 'role': return _('Your role follows the poll without an answer of its own.');
    case 'came_later': return _('You came in after this poll had opened. Who takes part was fixed then.');
    case 'in_room': return _('Those in the room answer by show of hands: raise yours when the moderator asks.');
    case 'no_delegation': return _('This poll is answered by delegations, and your entry named no organisation when it opened. The secretariat can help for the next one.');
    default: return poll.unit === 'delegation'
      ? _('Your delegation is not among those asked: who takes part was fixed when the poll opened.')
      : _('You are not among those asked: who takes part was fixed when the poll opened.');
  }
}

/** A poll's terms in one line for the moderator. @param {Poll} poll */
export function termsLine(poll) {
  return [
    poll.ballot === 'secret' ? _('secret') : '',
    poll.unit === 'person' ? _('by person') : _('by delegation'),
    { live: _('results at once'), after_close: _('results after close'), when_published: _('results when published') }[poll.results],
    poll.room === 'by_hands' ? _('hands counted in the room') : '',
    { never: '', optional: _('reasons possible'), required_for_cannot_support: _('a reason for “Cannot support”') }[poll.reasons],
  ].filter(Boolean).join(' · ');
}
