/**
 * What has been changed of a session's settings, compared with what was seen of them.
 */

/** @typedef {{action: string, minutes: string, since: string, text: string|null, after_seconds?: number}} TypedAlarm `minutes` as they are typed; `after_seconds`: as it was seen */
/**
 * @typedef {object} Typed
 * @property {boolean} one_request_each
 * @property {string} when_absent
 * @property {boolean} participants_may_propose
 * @property {boolean} participants_may_take_positions
 * @property {number} warning_seconds
 * @property {string} attribution_mode
 * @property {string} attribution_mode_panellists
 * @property {TypedAlarm[]} alarms
 */
/** @typedef {{action: string, after_seconds: number, since: string, text?: string}} Alarm */

/** @param {number} seconds */
export function minutesOf(seconds) {
  return Math.max(1, Math.round(seconds / 60));
}

/**
 * Return what `session.settings` is sent: what is said otherwise than it was seen, and all alarms where one is.
 * @param {any} seen
 * @param {Typed} typed
 * @returns {Record<string, unknown>}
 */
export function changesOf(seen, { alarms, ...typed }) {
  /** @type {Record<string, unknown>} */
  const changes = Object.fromEntries(Object.entries(typed).filter(([name, value]) => seen[name] !== value));
  const wished = alarms.map(asSent);
  if (JSON.stringify(wished) !== JSON.stringify(seen.alarms.map(asSeen))) changes.alarms = wished;
  return changes;
}

/** Seconds that are no whole minutes stay as they are unless the minutes are changed. @param {TypedAlarm} alarm @returns {Alarm} */
function asSent({ action, minutes, since, text, after_seconds: before }) {
  const same = before !== undefined && minutesOf(before) === Number(minutes);
  return { action, after_seconds: same ? before : Number(minutes) * 60, since, ...(action === 'announce' && { text: (text ?? '').trim() }) };
}

/** @param {any} alarm @returns {Alarm} */
function asSeen({ action, after_seconds: after, since, text }) {
  return { action, after_seconds: after, since, ...(action === 'announce' && { text }) };
}
