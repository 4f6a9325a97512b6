/**
 * What a participant's screen is about right now: one moment at a time, read from the map.
 */

import { thoseBefore, waiting } from './expectation.js';
import { placeOf } from './speakers.js';

/** @typedef {import('./wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./wire.js').Intervention} Intervention */

/** How many may stand before one, whoever speaks included, when it is time to get ready. */
export const GET_READY_AHEAD = 2;

/**
 * @typedef {object} Reader
 * @property {(key: string) => any} get
 * @property {(prefix: string) => readonly any[]} values
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
  if (!request) return aboutToReply(map, own, about);
  if (request.status === 'held') return moment('held', { ...about, request });
  const list = waiting(map);
  const place = placeOf(list, request.id) ?? 0;
  const name = place > 0 && isNear(map, request) ? 'get_ready' : 'waiting';
  return moment(name, { ...about, request, place, ahead: ahead(map, request), behind: list[place]?.id ?? null });
}

/**
 * A right of reply is a moment of its own once its turn is near; until then it stands beside.
 * @param {Reader} map
 * @param {FloorRequest[]} own
 * @param {Partial<Moment>} about
 */
function aboutToReply(map, own, about) {
  const request = own.find((each) => each.list === 'reply' && each.status === 'waiting');
  if (!request || !isNear(map, request)) return null;
  const beside = about.beside?.filter(({ id }) => id !== request.id);
  return moment('get_ready', { ...about, beside, request, ahead: ahead(map, request) });
}

/**
 * @param {Reader} map
 * @param {FloorRequest} request
 */
function ahead(map, request) {
  return thoseBefore(map, request).length + (map.get('floor')?.intervention ? 1 : 0);
}

/**
 * @param {Reader} map
 * @param {FloorRequest} request
 */
function isNear(map, request) {
  return map.get('session').status === 'open' && ahead(map, request) <= GET_READY_AHEAD;
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
