/**
 * Which rows of a very long list stand on the page: those in sight, some around them, and those that are in use.
 */

/**
 * Return the places, from 0, of the rows between `top` and `bottom` (pixels from the beginning of the list), with
 * `around` more at both ends, and of those `kept` wherever they are with their neighbours; in order.
 * @param {{top: number, bottom: number, row: number, count: number, around: number, kept?: number[]}} sight
 */
export function placesInSight({ top, bottom, row, count, around, kept = [] }) {
  /** @type {Set<number>} */
  const places = new Set();
  const add = (/** @type {number} */ from, /** @type {number} */ to) => {
    for (let place = Math.max(0, from); place <= Math.min(to, count - 1); place += 1) places.add(place);
  };
  add(Math.floor(top / row) - around, Math.ceil(bottom / row) - 1 + around);
  for (const place of kept) add(place - 1, place + 1);
  return [...places].sort((a, b) => a - b);
}

/**
 * Return by how many rows all of `rows` are to be shifted together, so that as many as can be stay where they stand in what is shifted.
 * @param {{place: number, stands?: number|null}[]} rows `place` where they have to be seen, `stands` where they were put, if they were
 */
export function shiftOf(rows) {
  /** @type {Map<number, number>} */
  const staying = new Map();
  for (const { place, stands } of rows) {
    if (typeof stands === 'number') staying.set(stands - place, (staying.get(stands - place) ?? 0) + 1);
  }
  let [shift, most] = [0, 0];
  for (const [each, count] of staying) if (count > most) [shift, most] = [each, count];
  return shift;
}
