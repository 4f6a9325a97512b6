/**
 * How far a recommendation has come, in words.
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

/** @param {RecommendationStatus} status */
export function recommendationStatusName(status) {
  return STATUSES[status]?.() ?? status;
}
