/**
 * Times as people read them, and the one computation behind every clock on every screen.
 *
 * Durations are seconds, moments are server milliseconds (`LiveSession.now()`).
 */

import { _, ngettext, readerLanguage } from './i18n.js';

/** @typedef {import('./wire.js').Intervention} Intervention */

const SECOND_MS = 1000;
const MINUTE = 60;

/**
 * Return the seconds that `intervention` has lasted at `now`, pauses left out.
 * @param {Intervention} intervention
 * @param {number} now
 */
export function spokenSeconds(intervention, now) {
  const until = Date.parse(intervention.ended_at ?? intervention.paused_at ?? '') || now;
  const lasted = (until - Date.parse(intervention.started_at)) / SECOND_MS;
  return Math.max(0, lasted - intervention.paused_seconds);
}

/**
 * @typedef {object} Countdown
 * @property {string} text what the clock shows: `1:52`, then `+0:12`; without a limit the time spoken
 * @property {number|null} remaining seconds left, negative once the speaker has run over; null without a limit
 * @property {'free'|'running'|'warning'|'over'} stage
 * @property {boolean} paused
 * @property {number} share of the limit that is left, from 1 to 0
 * @property {number} changes_in milliseconds until the text changes
 */

/**
 * Return what a clock shows for `intervention` at `now`.
 * @param {Intervention} intervention
 * @param {number} now
 * @param {number} warning seconds before the end from which the speaker is warned
 * @returns {Countdown}
 */
export function countdown(intervention, now, warning) {
  const spoken = spokenSeconds(intervention, now);
  const paused = intervention.paused_at !== null;
  const changes_in = SECOND_MS - (Math.round(spoken * SECOND_MS) % SECOND_MS);
  const limit = intervention.limit_seconds;
  if (limit === null) {
    return { text: minutesText(spoken), remaining: null, stage: 'free', paused, share: 0, changes_in };
  }
  const remaining = limit - spoken;
  const stage = remaining <= 0 ? 'over' : remaining <= warning ? 'warning' : 'running';
  const share = limit > 0 ? Math.max(0, Math.min(1, remaining / limit)) : 0;
  return { text: remainingText(remaining), remaining, stage, paused, share, changes_in };
}

/**
 * Return `1:52` for what is left, `+0:12` for what was taken too much.
 * A second that has begun still counts as left, so a clock starts at its limit and ends at 0:00.
 * @param {number} remaining
 */
export function remainingText(remaining) {
  if (remaining > 0) return minutesText(Math.ceil(remaining - 1e-9));
  const over = Math.floor(-remaining + 1e-9);
  return over ? `+${minutesText(over)}` : minutesText(0);
}

/**
 * Return `3:00`, or `1:02:05` from an hour on.
 * @param {number} seconds
 */
export function minutesText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / MINUTE)];
  const tail = String(whole % MINUTE).padStart(2, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/**
 * Return `about 9 minutes`, for a time that nobody can promise.
 * @param {number} seconds
 */
export function aboutText(seconds) {
  if (seconds < 45) return _('less than a minute');
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return ngettext('about a minute', 'about {n} minutes', minutes);
  const hours = Math.floor(minutes / 60);
  return _('about {hours} h {minutes} min', { hours, minutes: minutes % 60 });
}

/**
 * Return `42 min`, `1 h 05 min`.
 * @param {number} seconds
 */
export function shortText(seconds) {
  const minutes = Math.ceil(seconds / MINUTE - 1e-9);
  if (minutes < 60) return _('{n} min', { n: minutes });
  return _('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, '0') });
}

/**
 * Return how long ago something was, `14 min`, or '' within the first minute.
 * @param {string|null|undefined} at
 * @param {number} now
 */
export function sinceText(at, now) {
  const minutes = at ? Math.floor((now - Date.parse(at)) / SECOND_MS / MINUTE) : 0;
  return minutes > 0 ? shortText(minutes * MINUTE) : '';
}

/**
 * Return a speaking time in words, to be read aloud: `2 minutes 5 seconds`.
 * @param {number} seconds
 */
export function spokenText(seconds) {
  const [minutes, rest] = [Math.floor(seconds / MINUTE), Math.floor(seconds % MINUTE)];
  const parts = [];
  if (minutes) parts.push(ngettext('{n} minute', '{n} minutes', minutes));
  if (rest || !minutes) parts.push(ngettext('{n} second', '{n} seconds', rest));
  return parts.join(' ');
}

/** @type {Record<string, (n: number) => string>} */
const ENGLISH_ORDINALS = { one: (n) => `${n}st`, two: (n) => `${n}nd`, few: (n) => `${n}rd`, other: (n) => `${n}th` };

/**
 * Return a place in the list: `1st`, `2nd`, `1re`, `4.`
 * @param {number} n
 * @param {string} [lang]
 */
export function ordinal(n, lang = readerLanguage()) {
  const category = new Intl.PluralRules(lang, { type: 'ordinal' }).select(n);
  if (lang.startsWith('en')) return ENGLISH_ORDINALS[category](n);
  if (lang.startsWith('fr')) return category === 'one' ? `${n}re` : `${n}e`;
  if (lang.startsWith('es')) return `${n}.º`;
  if (lang.startsWith('ru')) return `${n}-е`;
  if (lang.startsWith('zh')) return `第${n}`;
  return new Intl.NumberFormat(lang).format(n);
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Return the time of day at `at` in the workshop's zone: `10:41`.
 * @param {number|string} at
 * @param {string} zone
 * @param {string} [lang]
 */
export function clockTime(at, zone, lang = readerLanguage()) {
  const key = `${zone} ${lang}`;
  const format = formats.get(key)
    ?? new Intl.DateTimeFormat(lang, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(key, format);
  return format.format(typeof at === 'string' ? Date.parse(at) : at);
}
