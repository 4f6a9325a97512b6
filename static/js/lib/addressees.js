/**
 * To whom a recommendation is addressed: stakeholder groups by their ids, others by their names.
 */

import { groupName } from './names.js';

/** @typedef {import('./wire.js').Group} Group */

export const MOST_ADDRESSEES = 50;

/** As they are typed in one line: also the semicolons of Arabic and of full-width scripts. */
const BETWEEN = /[;؛；\n]/;

/**
 * Return what addressees are called.
 * @param {string[]} addressees
 * @param {Group[]|undefined} groups
 */
export function addresseeNames(addressees, groups) {
  return addressees.map((each) => groupName(groups, each) || each);
}

/**
 * Return the addressees in a typed line, each once; who is called as a stakeholder group is that group.
 * @param {string} typed
 * @param {Group[]|undefined} groups
 */
export function addresseesIn(typed, groups) {
  const names = typed.split(BETWEEN).map((name) => name.trim().replace(/\s+/g, ' ')).filter(Boolean);
  return [...new Set(names.map((name) => groupCalled(name, groups) ?? name))];
}

/** @param {string} name @param {Group[]|undefined} groups */
function groupCalled(name, groups) {
  return groups?.find((group) => Object.values(group.name).some((each) => same(each, name)))?.id;
}

/** @param {string} one @param {string} other */
function same(one, other) {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();
}
