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
const WHOSE = ['symbol', 'title', 'name', 'latin_name', 'organisation', 'on_behalf_of'];
/** @type {Field[]} */
const ABOUT = ['topic'];

/** @param {Found} found @param {string} zone of the workshop */
export function foundThing(found, zone) {
  const { texts } = found;
  const whose = told(found, WHOSE);
  const about = told(found, ABOUT);
  const facts = [sortName(found), found.at ? clockTime(found.at, zone) : '', found.released === false ? _('not released') : ''].filter(Boolean);
  return html`<span class="facts small">${facts.join(' · ')}</span>
    ${whose.length ? html`<span class="whose">${whose.map((part, index) => html`${index ? ' · ' : nothing}<bdi>${marked(part)}</bdi>`)}</span>` : nothing}
    ${about.map((part) => html`<span class="words" dir="auto">${marked(part)}</span>`)}
    ${texts.text ? html`<span class="words" dir="auto">${marked(texts.text)}</span>` : nothing}`;
}

/** The texts of some fields, without one that stands in another already. @param {Found} found @param {Field[]} fields */
function told({ texts }, fields) {
  const said = fields.flatMap((field) => { const text = texts[field]; return text ? [text] : []; });
  return said.filter((part, index) => !said.slice(0, index).some((earlier) => plain(earlier).includes(plain(part))));
}

/** @param {Segment[]} segments */
function plain(segments) {
  return segments.map(({ text }) => text).join('');
}

/** @param {Segment[]} segments */
function marked(segments) {
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
