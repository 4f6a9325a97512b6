/**
 * Exchange of places: who offers it to whom, and where each would stand.
 */

import { waiting } from './expectation.js';

/** @typedef {import('./wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./wire.js').Person} Person */
/** @typedef {import('./participant_moment.js').Reader} Reader */
/** @typedef {{request: FloorRequest, person: Person|undefined, place: number}} Place one who waits, and where, from 1 */

/**
 * Return everybody else who waits on the list of speakers, in order.
 * @param {Reader} map
 * @param {FloorRequest} own
 * @returns {Place[]}
 */
export function othersOn(map, own) {
  return places(map).filter(({ request }) => request.person !== own.person);
}

/**
 * Return those who offer to exchange places with `own`, in order.
 * @param {Reader} map
 * @param {FloorRequest} own as in `me/requests`
 */
export function offersTo(map, own) {
  return places(map).filter(({ request }) => own.offers?.includes(request.id));
}

/**
 * Return whom `own` offers to exchange places with, or null.
 * @param {Reader} map
 * @param {FloorRequest} own as in `me/requests`
 */
export function offeredTo(map, own) {
  return places(map).find(({ request }) => request.id === own.exchange_with) ?? null;
}

/** @param {Reader} map @returns {Place[]} */
function places(map) {
  return waiting(map).map((request, index) => ({ request, person: map.get(`person/${request.person}`), place: index + 1 }));
}
