/**
 * How a person is written: any script, in its own direction, never mixed up with what stands beside it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { attendanceName, groupColour, groupName } from '../lib/names.js';

/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('../lib/wire.js').Group} Group */

/** @param {Person|undefined} person */
export function nameText(person) {
  return person?.name || _('Somebody');
}

/**
 * Where the line may be cut, the element that is cut takes the language and the direction of the name itself: within a
 * `<bdi>`, a name in the other direction would lose its beginning.
 * @param {Person|undefined} person
 */
export function nameOf(person) {
  return html`<bdi lang=${person?.language ?? nothing}>${nameText(person)}</bdi>`;
}

/**
 * The lines under a name: the name in Latin letters where it is another one, and the organisation unless that names it.
 * @param {Person|undefined} person
 * @param {string|null} [onBehalfOf]
 */
export function affiliation(person, onBehalfOf) {
  const latin = person?.latin_name && person.latin_name !== person.name ? person.latin_name : null;
  const organisation = person?.organisation && latin?.includes(person.organisation) ? null : person?.organisation;
  const parts = [latin, organisation, onBehalfOf && _('on behalf of {whom}', { whom: onBehalfOf })];
  return parts.filter(Boolean).map((part, index) => html`${index ? ' · ' : nothing}<bdi>${part}</bdi>`);
}

/** @param {'in_room'|'remote'|undefined} attendance */
export function attendanceTag(attendance) {
  return html`<span class="tag ${attendance === 'remote' ? 'remote' : 'room'}">${attendanceName(attendance)}</span>`;
}

/** @param {Group[]|undefined} groups @param {Person|undefined} person */
export function groupTag(groups, person) {
  const name = groupName(groups, person?.group);
  if (!name) return nothing;
  return html`<span class="tag group" data-group=${groupColour(groups, person?.group)}><span class="clip">${name}</span></span>`;
}
