/**
 * One change of a text, and the smallest one between two. Places are counted as JavaScript does, in UTF-16.
 */

/** From place `at` on, `gone` were replaced by `came`. @typedef {{at: number, gone: number, came: string}} Edit */

/**
 * Return the smallest edit that makes `after` of `before`. Where several are as small (one more `l` in `hello`), it is the
 * one that ends at `caret` of `after`, where it was typed. No character that takes two places is torn.
 * @param {string} before
 * @param {string} after
 * @param {number} [caret]
 * @returns {Edit}
 */
export function difference(before, after, caret = after.length) {
  const most = Math.min(before.length, after.length);
  const isSame = (/** @type {number} */ back) => before[before.length - 1 - back] === after[after.length - 1 - back];
  let tail = 0;
  while (tail < Math.min(most, after.length - caret) && isSame(tail)) tail += 1;
  let at = 0;
  while (at < most - tail && before[at] === after[at]) at += 1;
  while (tail < most - at && isSame(tail)) tail += 1;
  if (isTorn(before, at) || isTorn(after, at)) at -= 1;
  if (isTorn(before, before.length - tail) || isTorn(after, after.length - tail)) tail -= 1;
  return { at, gone: before.length - at - tail, came: after.slice(at, after.length - tail) };
}

/**
 * Return where `place` of a text is once it is edited.
 * @param {number} place
 * @param {Edit} edit
 */
export function placeAfter(place, { at, gone, came }) {
  if (place <= at) return place;
  return place >= at + gone ? place - gone + came.length : at + came.length;
}

/**
 * Return `text` in pieces of at most `most` places each.
 * @param {string} text
 * @param {number} most
 */
export function pieces(text, most) {
  /** @type {string[]} */
  const found = [];
  for (let at = 0; at < text.length;) {
    const end = Math.min(at + most, text.length);
    const whole = isTorn(text, end) ? end - 1 : end;
    found.push(text.slice(at, whole));
    at = whole;
  }
  return found;
}

/** Whether a place lies inside of a character that takes two. @param {string} text @param {number} place */
function isTorn(text, place) {
  return place > 0 && /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(place - 1, place + 1));
}
