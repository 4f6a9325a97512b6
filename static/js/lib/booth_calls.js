/**
 * What interpreters signal, as a moderator is told: by the language of the booth, for a while.
 */

import { _ } from './i18n.js';
import { languageName } from './names.js';

/** @typedef {{kind: 'slower'|'cannot_hear', language: string|null, at: number}} Call */

/** How long a call stands before everything else. */
export const URGENT_MS = 30_000;
const KEPT = 12;

/**
 * Return the calls with one more, the newest first; a booth that calls again the same is there once.
 * @param {Call[]} calls
 * @param {Call} call
 */
export function withCall(calls, call) {
  return [call, ...calls.filter((each) => each.kind !== call.kind || each.language !== call.language)].slice(0, KEPT);
}

/**
 * Return those that are still urgent at `now`.
 * @param {Call[]} calls
 * @param {number} now
 */
export function urgent(calls, now) {
  return calls.filter(({ at }) => now - at < URGENT_MS);
}

/** @param {Call} call */
export function callText({ kind, language }) {
  const booth = language ? _('{language} booth', { language: languageName(language) }) : _('Interpreters');
  return kind === 'slower' ? _('{booth}: slower, please', { booth }) : _('{booth}: cannot hear the speaker', { booth });
}
