/**
 * When a request is likely to have the floor, as far as the map can tell: nobody can promise it.
 */

import { comingUp, expectedWaits, secondsLeft, waitingOn } from './speakers.js';

/** @typedef {import('./wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./participant_moment.js').Reader} Reader */

/**
 * @typedef {object} Expectation
 * @property {number} seconds from `from` on
 * @property {number|null} at server milliseconds; null where nobody knows when the session goes on
 * @property {'now'|'start'|'resumption'} from what the seconds count from
 */

/**
 * Return when a request is likely to have the floor that has `before` (in order) before it.
 * @param {Reader} map
 * @param {FloorRequest[]} before
 * @param {number} now server milliseconds
 * @returns {Expectation}
 */
export function expectationOf(map, before, now) {
  const floor = map.get('floor');
  const on = [floor?.intervention, floor?.interrupted].map((id) => id && map.get(`intervention/${id}`));
  const seconds = expectedWaits(before, secondsLeft(on, now), map.get('forecast') ?? undefined)[before.length];
  const { status } = map.get('session') ?? {};
  if (status === 'suspended') return { seconds, at: null, from: 'resumption' };
  const starts = status === 'scheduled' ? Date.parse(map.get('programme')?.starts_at ?? '') : NaN;
  if (starts > now) return { seconds, at: starts + seconds * 1_000, from: 'start' };
  return { seconds, at: now + seconds * 1_000, from: 'now' };
}

/**
 * Return those who wait on the list of speakers, in order.
 * @param {Reader} map
 * @returns {FloorRequest[]}
 */
export function waiting(map) {
  return waitingOn(requests(map));
}

/**
 * Return those who come before `request`: on its list, and for a right of reply on the list of speakers.
 * @param {Reader} map
 * @param {FloorRequest} request
 * @returns {FloorRequest[]}
 */
export function thoseBefore(map, request) {
  const all = comingUp(requests(map)).filter(({ list }) => request.list === 'order' || list !== 'order');
  const index = all.findIndex(({ id }) => id === request.id);
  return index < 0 ? [] : all.slice(0, index);
}

/** @param {Reader} map @returns {FloorRequest[]} */
function requests(map) {
  return [...map.values('request/')];
}
