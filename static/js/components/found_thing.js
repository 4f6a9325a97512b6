/**
 * How something that was found is written: what it is, whose, and where it was hit.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { kindName } from '../lib/names.js';
import { noteKindName } from '../lib/note_kinds.js';
import { recommendationStatusName } from '../lib/recommendation_names.js';

/** @typedef {import('../lib/wire_search.js').Found} Found */
/** @typedef {import('../lib/wire_search.js').Field} Field */
/** @typedef {import('../lib/wire_search.js').Segment} Segment */

/** @type {Field[]} */
const WHOSE = ['symbol', 'name', 'latin_name', 'organisation', 'on_behalf_of'];
/** @type {Field[]} */
const ABOUT = ['title', 'topic'];

/** @param {Found} found @param {string} zone of the workshop */
export function foundThing(found, zone) {
  const { texts } = found;
  const said = (/** @type {Field[]} */ fields) => fields.flatMap((field) => (texts[field] ? [marked(texts[field])] : []));
  const facts = [sortName(found), found.at ? clockTime(found.at, zone) : '', found.released === false ? _('not released') : ''].filter(Boolean);
  const whose = said(WHOSE);
  const about = said(ABOUT);
  return html`<span class="facts small">${facts.join(' · ')}</span>
    ${whose.length || about.length ? html`<span class="whose">${[...whose, ...about].map((part, index) => html`${index ? ' · ' : nothing}<bdi>${part}</bdi>`)}</span>` : nothing}
    ${texts.text ? html`<span class="words" dir="auto">${marked(texts.text)}</span>` : nothing}`;
}

/** @param {Segment[]|undefined} segments */
function marked(segments = []) {
  return segments.map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text));
}

/** @param {Found} found */
function sortName({ of, kind }) {
  switch (of) {
    case 'note': return _('Note: {kind}', { kind: noteKindName(/** @type {import('../lib/wire_documents.js').NoteKind} */ (kind)) });
    case 'statement': return _('Statement handed in');
    case 'recommendation': return _('Recommendation, {status}', { status: recommendationStatusName(/** @type {import('../lib/wire_documents.js').RecommendationStatus} */ (kind)) });
    default: return _('Intervention: {kind}', { kind: kindName(kind) });
  }
}
