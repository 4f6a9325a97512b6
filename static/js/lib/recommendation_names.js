/**
 * What recommendations and the answers in polls on them are called.
 */

import { _ } from './i18n.js';

/** @typedef {import('./wire_documents.js').RecommendationStatus} RecommendationStatus */

/** @type {Record<RecommendationStatus, () => string>} */
const STATUSES = {
  proposed: () => _('proposed'),
  under_discussion: () => _('under discussion'),
  agreed_ad_referendum: () => _('agreed ad referendum'),
  broad_support: () => _('broad support'),
  divergent_views: () => _('divergent views'),
  withdrawn: () => _('withdrawn'),
};

/** @type {RecommendationStatus[]} */
export const RECOMMENDATION_STATUSES = /** @type {RecommendationStatus[]} */ (Object.keys(STATUSES));

/** @type {Record<string, () => string>} */
const OPTIONS = {
  support: () => _('can support'),
  support_with_changes: () => _('with changes'),
  cannot_support: () => _('cannot support'),
  abstain: () => _('abstain'),
  agree: () => _('agree'),
  can_live_with: () => _('can live with it'),
  stand_aside: () => _('stand aside'),
  yes: () => _('yes'),
  no: () => _('no'),
};

/** @param {RecommendationStatus} status */
export function recommendationStatusName(status) {
  return STATUSES[status]?.() ?? status;
}

/** The short name of a preset's option, else its own label. @param {{id: string, label: string}} option */
export function optionName({ id, label }) {
  return OPTIONS[id]?.() ?? label;
}
