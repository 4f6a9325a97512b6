/**
 * What a note can stand under: the interventions, the latest first, or none.
 */

import { clockTime } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { nameText } from './who.js';

/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */
/** @typedef {import('../live/past_interventions.js').PastInterventions} PastInterventions */

/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./action-menu.js').Item} Item */
/**
 * `before`: what stands before the interventions.
 * @typedef {{session: LiveSession, past: PastInterventions|undefined, current: string|null|undefined, choose: (intervention: string|null) => unknown, before?: Item[]}} Targets
 */

/** So many a menu offers at once. */
const AT_ONCE = 12;

/** @param {LiveSession} session @param {PastInterventions|undefined} past @param {import('../lib/wire.js').Intervention} intervention */
export function targetName(session, past, { started_at: at, person }) {
  return `${clockTime(at, session.get('programme')?.time_zone ?? 'UTC')} ${nameText(past?.person(person))}`;
}

/**
 * Offer them in a menu, those before as well.
 * @param {ActionMenu} menu
 * @param {HTMLElement} opener
 * @param {string} label
 * @param {Targets} targets
 * @param {number} [passed] how many of the latest were offered already
 */
export function offerTargets(menu, opener, label, targets, passed = 0) {
  const { session, past, current, choose, before = [] } = targets;
  const heard = (past?.all() ?? []).filter((each) => !each.void).reverse();
  const shown = heard.slice(passed, passed + AT_ONCE).map((each, index) => ({
    label: targetName(session, past, each), line: !index && !passed, current: each.id === current, run: () => choose(each.id),
  }));
  const first = passed ? [] : [...before, { label: _('No intervention'), current: current === null, run: () => choose(null) }];
  const isMore = heard.length > passed + AT_ONCE;
  const more = { label: _('Earlier ones…'), line: true, run: () => offerTargets(menu, opener, label, targets, passed + AT_ONCE) };
  menu.openAt(opener, label, [...first, ...shown, ...(isMore ? [more] : [])]);
}
