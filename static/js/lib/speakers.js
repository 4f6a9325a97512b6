/**
 * The list of speakers as plain sums over the map: order, places, expected waits.
 *
 * The rules live on the server; a rank is compared as text, ties by id (docs/PROTOCOL.md).
 */

import { spokenSeconds } from './durations.js';

/** @typedef {import('./wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./wire.js').Intervention} Intervention */
/** @typedef {{pace?: number, changeover_seconds?: number}} Pace of the key `forecast`: hundredths of the time allotted, seconds from one to the next */

/**
 * Return those of `requests` that wait on `list`, first to speak first.
 * @param {readonly FloorRequest[]} requests
 * @param {'speakers'|'reply'|'order'} [list]
 */
export function waitingOn(requests, list = 'speakers') {
  return inOrder(requests.filter((request) => request.status === 'waiting' && request.list === list));
}

/**
 * Return those of `requests` that wait, in the order in which *Next* takes them: points of order, the list of speakers,
 * rights of reply.
 * @param {FloorRequest[]} requests
 */
export function comingUp(requests) {
  return /** @type {const} */ (['order', 'speakers', 'reply']).flatMap((list) => waitingOn(requests, list));
}

/**
 * Return `requests` by rank, ties by id.
 * @param {FloorRequest[]} requests
 */
export function inOrder(requests) {
  return requests.sort((a, b) => compare(a.rank, b.rank) || compare(a.id, b.id));
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

/**
 * Return the place of request `id` in `waiting`, counted from 1, or null if it is not there.
 * @param {FloorRequest[]} waiting
 * @param {string} id
 */
export function placeOf(waiting, id) {
  const index = waiting.findIndex((request) => request.id === id);
  return index < 0 ? null : index + 1;
}

/**
 * Return the seconds that each of `waiting` is likely to wait, and after the last one the
 * seconds until the list is through.
 * @param {FloorRequest[]} waiting
 * @param {number} before seconds that whoever speaks now still has
 * @param {Pace} [pace] how the session goes
 */
export function expectedWaits(waiting, before, { pace = 100, changeover_seconds: change = 0 } = {}) {
  let wait = before;
  const waits = waiting.map(({ expected_seconds: seconds }) => {
    const own = wait;
    wait += ((seconds ?? 0) * pace) / 100 + change;
    return own;
  });
  waits.push(wait);
  return waits;
}

/**
 * Return when the list is likely to be through, seen from `now`: later than it was reckoned while nobody speaks, or
 * somebody runs over.
 * @param {import('./wire.js').Forecast} forecast
 * @param {number} now
 */
export function throughAt({ through_at: at, waiting, waiting_seconds: seconds, pace, changeover_seconds: changeover }, now) {
  return Math.max(Date.parse(at), now + ((seconds * pace) / 100 + waiting * changeover) * 1_000);
}

/**
 * Return the seconds that `interventions` (the one on the floor and the one it interrupted) still
 * have at `now`; nobody gives back time by running over.
 * @param {(Intervention|undefined)[]} interventions
 * @param {number} now
 */
export function secondsLeft(interventions, now) {
  let left = 0;
  for (const each of interventions) {
    if (each?.limit_seconds) left += Math.max(0, each.limit_seconds - spokenSeconds(each, now));
  }
  return left;
}

/**
 * Return the request after which `id` must be placed to stand at `place` (counted from 1):
 * what `floor.move` takes; null for the first place.
 * @param {FloorRequest[]} waiting
 * @param {string} id
 * @param {number} place
 */
export function neighbourBefore(waiting, id, place) {
  const others = waiting.filter((request) => request.id !== id);
  return place <= 1 ? null : (others[Math.min(place - 2, others.length - 1)]?.id ?? null);
}
