/**
 * Whether the keys that mark the kind of a note are on, for those whom they would get in the way of.
 */

const PLACE = 'companion:note-keys';
const OFF = 'off';

let on = read();

export function keysAreOn() {
  return on;
}

/** @param {boolean} wanted */
export function switchKeys(wanted) {
  on = wanted;
  try {
    localStorage.setItem(PLACE, wanted ? 'on' : OFF);
  } catch {
    // A private window may refuse to keep it; then it holds for this page.
  }
}

function read() {
  try {
    return globalThis.localStorage?.getItem(PLACE) !== OFF;
  } catch {
    return true;
  }
}
