/**
 * Tells screen readers what happens on the floor: who speaks, points of order, and the time at a
 * minute, at thirty seconds and at the end; never every second.
 */

import { countdown, spokenText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { say } from './announcer.js';
import { nameText } from './who.js';

/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */
/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

const TOLD_AT_SECONDS = [60, 30, 0];
const LOOK_MS = 500;

/** @param {LiveSession} session */
export function narrateFloor(session) {
  /** @type {string|null|undefined} */
  let speaking;
  /** @type {number|null} */
  let before = null;
  const orders = new Set();

  session.subscribe(() => {
    const id = session.get('floor')?.intervention ?? null;
    if (id !== speaking && id) say(_('{name} has the floor', { name: nameText(personOf(session, session.get(`intervention/${id}`))) }));
    if (id !== speaking) before = null;
    speaking = id;
  }, 'floor');

  session.subscribe((changed) => {
    for (const key of changed) {
      /** @type {FloorRequest|undefined} */
      const request = session.get(key);
      if (request?.list !== 'order' || request.status !== 'waiting' || orders.has(request.id)) continue;
      orders.add(request.id);
      say(_('Point of order: {name}', { name: nameText(personOf(session, request)) }));
    }
  }, 'request/');

  setInterval(() => {
    const intervention = speaking && session.get(`intervention/${speaking}`);
    const left = intervention ? countdown(intervention, session.now(), 0).remaining : null;
    const reached = TOLD_AT_SECONDS.find((at) => left !== null && before !== null && before > at && left <= at);
    before = left;
    if (reached !== undefined) say(reached ? _('{time} left', { time: spokenText(reached) }) : _('Time is over'));
  }, LOOK_MS);
}

/** @param {LiveSession} session @param {{person: string}|undefined} of */
function personOf(session, of) {
  return session.get(`person/${of?.person}`);
}
