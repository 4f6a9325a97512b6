/**
 * What a secret poll says of itself: what is kept, that it is final, and what its figures may give away.
 */

import { _ } from './i18n.js';

/** @typedef {import('./polls.js').Poll} Poll */

/** The two things that one looks for first. @param {Poll} poll */
export function secretChip({ results }) {
  return results === 'after_close' ? _('Secret · results after close') : _('Secret · results when published');
}

/** What everybody has to know before the first tap. */
export function secrecySentence() {
  return _('Secret: nobody in the meeting can see who answered what, and no record keeps it. Whoever runs the server could find out while the poll is open.');
}

/** What stands beside the button that sends. @param {Poll} poll */
export function secretSentence({ unit }) {
  return unit === 'delegation'
    ? _('Secret, and final for your delegation: nobody can change it afterwards.')
    : _('Secret, and final: you cannot change it afterwards.');
}

/** @param {Poll} poll */
export function countedSentence({ unit }) {
  return unit === 'delegation'
    ? _('An answer of your delegation is counted. Nobody can see what it was, and it is final.')
    : _('Your answer is counted. Nobody can see what it was, and it is final.');
}

/** Why the figures of a closed poll may tell who answered what, for the moderator; '' where they do not. @param {Poll} poll */
export function givesAwaySentence({ gives_away: why }) {
  if (why === 'few') return _('Fewer than five answered: from the figures one may guess who answered what.');
  return why === 'all_agree' ? _('All answered the same: the figures tell what everybody answered.') : '';
}
