/**
 * What a participant's screen is about right now: one moment at a time, read from the map.
 */

import { expectedWaits, placeOf, secondsLeft, waitingOn } from './speakers.js';

/** @typedef {import('./wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./wire.js').Intervention} Intervention */

/** How many may stand before one, whoever speaks included, when it is time to get ready. */
export const GET_READY_AHEAD = 2;

/**
 * @typedef {object} Reader
 * @property {(key: string) => any} get
 * @property {(prefix: string) => Iterable<[string, any]>} entries
 */

/**
 * @typedef {object} Moment
 * @property {'loading'|'before'|'suspended'|'over'|'not_reached'|'watching'|'ask'|'waiting'|'get_ready'|'held'|'interrupted'|'speaking'} name
 * @property {FloorRequest} [request] the own request that this is about
 * @property {Intervention} [intervention] the own time on the floor
 * @property {FloorRequest[]} beside own points of order and rights of reply that wait meanwhile
 * @property {FloorRequest} [last] the own request that ended last
 * @property {number} place on the list of speakers, from 1; 0 for those who are not on it
 * @property {number} ahead how many stand before one, whoever speaks included
 * @property {string|null} behind the request that comes right after the own one
 * @property {string} why the code of the reason why the floor cannot be requested, or ''
 */

const ACTIVE = new Set(['waiting', 'held', 'speaking']);

/**
 * Return the moment of the reader's own person.
 * @param {Reader} map
 * @returns {Moment}
 */
export function momentOf(map) {
  const [me, session] = [map.get('me/person'), map.get('session')];
  if (!me || !session) return moment('loading');
  /** @type {FloorRequest[]} */
  const own = map.get('me/requests') ?? [];
  const last = own.filter((request) => !ACTIVE.has(request.status)).at(-1);
  const beside = own.filter((request) => request.list !== 'speakers' && request.status === 'waiting');
  const about = { beside, last, why: whyNot(map, me.role) };
  return speaking(map, me.id, about)
    ?? onTheList(map, own, about)
    ?? atRest(session.status, about);
}

/**
 * Return the seconds until the request at `place` (from 1) is likely to have the floor.
 * @param {Reader} map
 * @param {number} place
 * @param {number} now server milliseconds
 */
export function waitUntil(map, place, now) {
  const floor = map.get('floor');
  const before = [floor?.intervention, floor?.interrupted].map((id) => id && map.get(`intervention/${id}`));
  return expectedWaits(waiting(map), secondsLeft(before, now))[place - 1] ?? 0;
}

/**
 * Return those who wait on the list of speakers, in order.
 * @param {Reader} map
 * @returns {FloorRequest[]}
 */
export function waiting(map) {
  return waitingOn([...map.entries('request/')].map(([, request]) => request));
}

/**
 * @param {Moment['name']} name
 * @param {Partial<Moment>} [more]
 * @returns {Moment}
 */
function moment(name, more) {
  return { name, beside: [], place: 0, ahead: 0, behind: null, why: '', ...more };
}

/**
 * @param {Reader} map
 * @param {string} role
 */
function whyNot(map, role) {
  const may = map.get(`may/${role}`)?.['floor.request'];
  return may === true ? '' : may ?? 'not_allowed';
}

/**
 * @param {Reader} map
 * @param {string} me
 * @param {Partial<Moment>} about
 */
function speaking(map, me, about) {
  const { intervention: now, interrupted } = map.get('floor') ?? {};
  for (const [name, id] of /** @type {const} */ ([['speaking', now], ['interrupted', interrupted]])) {
    const intervention = id && map.get(`intervention/${id}`);
    if (intervention?.person === me) return moment(name, { ...about, intervention });
  }
  return null;
}

/**
 * @param {Reader} map
 * @param {FloorRequest[]} own
 * @param {Partial<Moment>} about
 */
function onTheList(map, own, about) {
  const request = own.find((each) => each.list === 'speakers' && (each.status === 'waiting' || each.status === 'held'));
  if (!request) return null;
  if (request.status === 'held') return moment('held', { ...about, request });
  const list = waiting(map);
  const place = placeOf(list, request.id) ?? 0;
  const ahead = place - 1 + (map.get('floor')?.intervention ? 1 : 0);
  const near = place > 0 && ahead <= GET_READY_AHEAD && map.get('session').status === 'open';
  return moment(near ? 'get_ready' : 'waiting', { ...about, request, place, ahead, behind: list[place]?.id ?? null });
}

/**
 * @param {string} status
 * @param {Partial<Moment>} about
 */
function atRest(status, about) {
  const name = resting(status, about.why);
  if (name === 'over' && about.last?.status === 'not_reached') return moment('not_reached', { ...about, request: about.last });
  return moment(name, about);
}

/**
 * @param {string} status
 * @param {string} [why]
 * @returns {Moment['name']}
 */
function resting(status, why) {
  if (why === 'not_allowed') return 'watching';
  // The list may be open before the start and during a break.
  if (!why) return 'ask';
  if (status === 'scheduled') return 'before';
  if (status === 'suspended') return 'suspended';
  return status === 'open' ? 'ask' : 'over';
}
