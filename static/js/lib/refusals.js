/**
 * Why something cannot be done, in a sentence for the person who tried.
 */

import { _ } from './i18n.js';

/** @type {Record<string, () => string>} */
const SENTENCES = {
  not_allowed: () => _('Your role does not allow this.'),
  not_found: () => _('This is no longer there.'),
  bad_message: () => _('Something in this is not as expected. Please check what you entered.'),
  too_large: () => _('This text is too long.'),
  rate_limited: () => _('That was a little fast. It is sent again in a moment.'),
  stale: () => _('Somebody was quicker: it has changed since. Please look again.'),
  resync: () => _('Something typed before this is missing here. It is sent again.'),
  session_not_open: () => _('The session is not open.'),
  list_closed: () => _('The list of speakers is closed.'),
  already_on_list: () => _('Already on the list of speakers.'),
  not_on_list: () => _('No longer on the list of speakers.'),
  someone_is_speaking: () => _('Somebody has the floor.'),
  nobody_is_speaking: () => _('Nobody has the floor.'),
  already_voted: () => _('An answer has been given already. In a secret poll the first answer is final.'),
  poll_not_open: () => _('This poll is not open.'),
  not_eligible: () => _('You cannot answer this poll: who takes part was fixed when it opened.'),
  reason_required: () => _('Please give a reason for this answer.'),
  has_the_floor: () => _('This person has the floor now. Ask again when the intervention is over.'),
  no_further_reply: () => _('Your delegation has used its two rights of reply on this item.'),
  no_time_left: () => _('There is not enough time left to be shared out.'),
  nothing_to_carry_over: () => _('Nobody who was not reached there is left to be carried over.'),
  may_not_preside: () => _('Only a moderator or the secretariat can preside.'),
  cannot_undo: () => _('This can no longer be undone.'),
  wrong_code: () => _('This code is not known. Please check it.'),
  revoked: () => _('This link is no longer valid. Please ask the secretariat for a new one.'),
  not_signed_in: () => _('You are not signed in.'),
  not_recorded: () => _('The server could not save this. It is tried again.'),
  unexpected: () => _('Something went wrong on the server. Nothing was changed.'),
  not_now: () => _('This is not possible at the moment.'),
  name_required: () => _('Please enter your name.'),
  id_in_use: () => _('This was sent before with other content.'),
  has_brackets: () => _('What is agreed ad referendum has no square brackets: the text between them is not agreed.'),
  nothing_changed: () => _('Nothing is changed by this: the text reads the same.'),
  too_many_amendments: () => _('There are too many amendments to this text. Some have to be answered first.'),
  looser_attribution: () => _('Attribution can only become stricter once somebody has spoken.'),
  foreign_origin: () => _('This page does not belong to the workshop.'),
  too_many_connections: () => _('You are connected on too many devices or tabs. Close one, then try again.'),
  not_connected: () => _('Not connected. Nothing was sent; please try again in a moment.'),
  not_confirmed: () => _('Not confirmed. Tap again: it cannot happen twice.'),
};

/**
 * Return the sentence for `code`; the server's own `message` is better, where there is one.
 * @param {string|undefined} code
 * @param {string} [message]
 */
export function refusalSentence(code, message) {
  return message || (SENTENCES[code ?? ''] ?? SENTENCES.unexpected)();
}

/** Return what it means for a reader that the server's disk is full. */
export function readOnlySentence() {
  return _('Nothing can be saved now: the disk of the server is full. What you write is kept, and saved later.');
}

/** The codes that this module can put into words. */
export const KNOWN_REFUSALS = Object.freeze(Object.keys(SENTENCES));
