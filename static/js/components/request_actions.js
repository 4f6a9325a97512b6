/**
 * What can be done with one request on the list: the items of its menu.
 */

import { _ } from '../lib/i18n.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./action-menu.js').Item} Item */
/** @typedef {import('./session_element.js').SessionElement} SessionElement */

const COMMANDS = ['floor.give', 'floor.hold', 'floor.release', 'floor.move', 'floor.ready', 'list.limit', 'floor.withdraw', 'floor.absent', 'floor.exchange', 'floor.written'];

/** Whether the reader ever does any of it. @param {SessionElement} host */
export function actsOnRequests(host) {
  return COMMANDS.some((type) => host.session.whyNot(type) !== 'not_allowed');
}

/**
 * @param {SessionElement} host
 * @param {FloorRequest} request
 * @param {{place: number, count: number, moveTo: (place: number) => void}} order
 * @returns {Item[]}
 */
export function requestActions(host, request, order) {
  const one = { request: request.id };
  const may = (/** @type {string} */ type) => host.session.whyNot(type);
  const expect = { intervention: host.get('floor')?.intervention ?? null };
  const ask = (/** @type {string} */ what, /** @type {unknown} */ detail = request) => host.dispatchEvent(new CustomEvent(what, { detail, bubbles: true }));
  const held = request.status === 'held';
  /** @type {Item[]} */
  const items = [
    { label: _('Give the floor now'), whyNot: may('floor.give'), run: () => host.act('floor.give', one, { expect }) },
    held
      ? { label: _('Put back on the list'), whyNot: may('floor.release'), run: () => host.act('floor.release', one) }
      : { label: _('Hold for later'), whyNot: may('floor.hold'), run: () => host.act('floor.hold', one) },
    ...(held ? [] : [
      { label: request.absences ? _('Not there again: strike off the list') : _('Called, not there'), whyNot: may('floor.absent'), run: () => host.act('floor.absent', one) },
      ...moves(order, may('floor.move')),
      { label: _('Exchange places with…'), whyNot: may('floor.exchange'), run: () => ask('exchange-places') },
    ]),
    {
      label: request.ready ? _('Not ready after all') : _('Mark as ready'), line: true, whyNot: may('floor.ready'),
      run: () => host.act('floor.ready', { ...one, ready: !request.ready }),
    },
    {
      label: _('Speaking time of this person…'), whyNot: may('list.limit'),
      run: () => ask('limit-person', request.person),
    },
    ...(host.get(`person/${request.person}`)?.guest ? [{ label: _('Who is this guest?…'), whyNot: may('person.link'), run: () => ask('link-guest', request.person) }] : []),
    { label: _('Written statement instead…'), whyNot: may('floor.written'), run: () => ask('written-instead') },
    { label: _('Withdraw from the list'), line: true, danger: true, whyNot: may('floor.withdraw'), run: () => host.act('floor.withdraw', one) },
  ];
  return items.filter((item) => item.whyNot !== 'not_allowed');
}

/** @param {{place: number, count: number, moveTo: (place: number) => void}} order @param {string|null} whyNot @returns {Item[]} */
function moves({ place, count, moveTo }, whyNot) {
  const up = { whyNot: place > 1 ? whyNot : 'not_now' };
  const down = { whyNot: place < count ? whyNot : 'not_now' };
  const items = [
    { label: _('Move up'), line: true, ...up, run: () => moveTo(place - 1) },
    { label: _('Move down'), ...down, run: () => moveTo(place + 1) },
    { label: _('Move to the first place'), ...up, run: () => moveTo(1) },
    { label: _('Move to the last place'), ...down, run: () => moveTo(count) },
  ];
  return items.filter((item) => item.whyNot !== 'not_now');
}
