/**
 * What a search finds, and the notes of all items, as the server sends them: docs/PROTOCOL.md, part "Getting in".
 *
 * @typedef {{text: string, match: boolean}} Segment
 *
 * @typedef {object} Head
 * @property {'note'|'intervention'|'statement'|'recommendation'} of
 * @property {string|null} id
 * @property {string} kind
 * @property {string|null} at
 * @property {string|null} intervention
 * @property {string|null} group
 * @property {import('./wire_documents.js').NoteAttribution|null} attribution
 * @property {boolean|null} released
 *
 * @typedef {'name'|'latin_name'|'organisation'|'on_behalf_of'|'symbol'|'topic'|'title'|'text'} Field
 * @typedef {Head & {texts: Partial<Record<Field, Segment[]>>}} Found
 * @typedef {Head & {texts: Partial<Record<Field, string>>}} NoteOfAnItem
 */

export {};
