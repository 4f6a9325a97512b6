/**
 * What a note can stand under: the interventions, the latest first, or none.
 */

import { clockTime } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { nameText } from './who.js';

/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */
/** @typedef {import('../live/past_interventions.js').PastInterventions} PastInterventions */

/** A menu offers the latest ones; the others have a heading to write under. */
const LATEST = 12;

/** @param {LiveSession} session @param {PastInterventions|undefined} past @param {import('../lib/wire.js').Intervention} intervention */
export function targetName(session, past, { started_at: at, person }) {
  return `${clockTime(at, session.get('programme')?.time_zone ?? 'UTC')} ${nameText(past?.person(person))}`;
}

/**
 * @param {LiveSession} session
 * @param {PastInterventions|undefined} past
 * @param {string|null|undefined} current
 * @param {(intervention: string|null) => unknown} choose
 * @returns {import('./action-menu.js').Item[]}
 */
export function targetItems(session, past, current, choose) {
  const latest = (past?.all() ?? []).filter((each) => !each.void).slice(-LATEST).reverse();
  return [
    { label: _('No intervention'), current: current === null, run: () => choose(null) },
    ...latest.map((each, index) => ({ label: targetName(session, past, each), line: !index, current: each.id === current, run: () => choose(each.id) })),
  ];
}
