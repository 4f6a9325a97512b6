/**
 * What else can be done about the floor: the moderator's own word, a speaker who is not there, a reply to who speaks.
 */

import { _ } from '../lib/i18n.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('./action-menu.js').Item} Item */
/** @typedef {import('./session_element.js').SessionElement} SessionElement */

/** As whom those speak who run the session. @type {Record<string, string>} */
const OWN_KIND = { moderator: 'moderator', secretariat: 'secretariat' };

/** How long *not here* stands in sight of who has just been given the floor. */
export const CALLED_MS = 60_000;

/** Why the reader cannot take the floor; `not_allowed` for those who never do. @param {SessionElement} host */
export function whyNoOwnWord(host) {
  const role = host.get('me/person')?.role;
  const speaking = host.get(`intervention/${host.get('floor')?.intervention}`);
  if (!OWN_KIND[role]) return 'not_allowed';
  return speaking?.person === host.get('me/person')?.id ? 'has_the_floor' : host.session.whyNot('floor.give');
}

/** Put the reader on the list and give them the floor. @param {SessionElement} host */
export async function takeTheFloor(host) {
  const expect = { intervention: host.get('floor')?.intervention ?? null };
  const asked = await host.act('floor.request', { kind: OWN_KIND[host.get('me/person')?.role] });
  if (!asked.ok) return;
  const request = asked.result?.request;
  const given = await host.act('floor.give', { request }, { expect });
  if (!given.ok) await host.session.send('floor.withdraw', { request });
}

/** Why the one on the floor cannot be said to be not there. @param {SessionElement} host */
export function whyNotAbsent(host) {
  const given = host.session.whyNot('floor.give');
  return given === 'not_allowed' ? given : host.session.whyNot('floor.absent');
}

/** @param {SessionElement} host @param {Intervention} intervention */
export function sayNotHere(host, intervention) {
  return host.act('floor.absent', { request: intervention.request });
}

/** @param {SessionElement} host @param {Intervention} intervention @returns {Item[]} */
export function floorActions(host, intervention) {
  const items = [
    { label: _('Not here: take the floor back'), whyNot: whyNotAbsent(host), run: () => sayNotHere(host, intervention) },
    {
      label: _('Somebody replies to this…'), whyNot: host.session.whyNot('floor.request'),
      run: () => host.dispatchEvent(new CustomEvent('add-reply', { detail: intervention.id, bubbles: true })),
    },
    {
      label: _('Speaking time of this person…'), whyNot: host.session.whyNot('list.limit'),
      run: () => host.dispatchEvent(new CustomEvent('limit-person', { detail: intervention.person, bubbles: true })),
    },
  ];
  return items.filter(({ whyNot }) => whyNot !== 'not_allowed');
}
