/**
 * The moment of a participant in a few words: for the title of the tab, and for a screen reader.
 */

import { ordinal } from './durations.js';
import { _ } from './i18n.js';

/** @typedef {import('./participant_moment.js').Moment} Moment */

/** From this place on a screen reader is told of every step. */
const NEAR = 5;

/**
 * @param {Moment} moment
 * @param {string} [title] of the session
 */
export function headline(moment, title = '') {
  const state = words(moment);
  return [state, title].filter(Boolean).join(' · ');
}

/**
 * Return what a screen reader is told politely; far back in the list, not every step.
 * @param {Moment} moment
 */
export function spokenHeadline(moment) {
  if (moment.name === 'waiting' && moment.place > NEAR) return _('You are on the list of speakers.');
  return words(moment);
}

/** What whoever was called and not there reads, once that is known. */
export function absenceWords() {
  return _('You were called and did not answer, so others went first. The next time your request is taken off the list.');
}

/** @param {Moment} moment */
function words({ name, place, ahead, why }) {
  switch (name) {
    case 'speaking': return _('You have the floor');
    case 'interrupted': return _('Point of order: your clock stands');
    case 'get_ready': return ahead <= 1 ? _('You are next: get ready') : _('Get ready');
    case 'waiting': return _('You are {place}', { place: ordinal(place) });
    case 'held': return _('Your request is on hold');
    case 'ask': return why ? '' : _('You can request the floor');
    case 'suspended': return _('Suspended');
    case 'before': return _('Not started yet');
    case 'over': return _('Closed');
    case 'not_reached': return _('Your turn did not come');
    default: return '';
  }
}
