/**
 * What has been put right of a person, compared with what was seen of them.
 */

/** @typedef {import('/static/js/components/secretariat-people.js').Listed} Listed */
/** @typedef {'name'|'latin_name'|'organisation'|'group'|'attendance'|'language'|'role'} Detail */
/** @typedef {Partial<Record<Detail, string|null>>} Details */

/** @type {Detail[]} */
export const DETAILS = ['name', 'latin_name', 'organisation', 'group', 'attendance', 'language', 'role'];

/** @type {Set<Detail>} nothing is null, not empty */
const OR_NULL = new Set(['group', 'language']);

/**
 * Return what is said otherwise than it was seen, as it is sent; with nothing put right, `expect` alone.
 * @param {Listed} seen
 * @param {Record<string, string>} typed
 * @returns {Details & {expect: Details}}
 */
export function correctionOf(seen, typed) {
  /** @type {Details & {expect: Details}} */
  const correction = { expect: {} };
  for (const detail of DETAILS) {
    const line = (typed[detail] ?? '').trim();
    const value = OR_NULL.has(detail) ? line || null : line;
    if (value === (seen[detail] ?? (OR_NULL.has(detail) ? null : ''))) continue;
    correction[detail] = value;
    correction.expect[detail] = seen[detail] ?? (OR_NULL.has(detail) ? null : '');
  }
  return correction;
}

/**
 * Return which of the details that are to be put right somebody else has changed since they were seen.
 * @param {Details & {expect: Details}} correction
 * @param {Listed} now
 */
export function overtaken({ expect }, now) {
  return DETAILS.filter((detail) => detail in expect && (expect[detail] || null) !== (now[detail] || null));
}
