/**
 * Times of day where the meeting is, and where the reader is if clocks differ there.
 */

import { clockTime } from './durations.js';

/**
 * @param {number|string} at
 * @param {string} [zone] of the meeting; the reader's own where it is not known
 * @returns {{meeting: string, own: string}} `own` is '' where both clocks say the same
 */
export function here(at, zone) {
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const own = clockTime(at, ownZone);
  const meeting = clockTime(at, zone ?? ownZone);
  return { meeting, own: own === meeting ? '' : own };
}
