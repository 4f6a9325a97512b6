/**
 * Kinds of notes: their names, the keys that mark them, and what else notes are called by.
 */

import { _ } from './i18n.js';

/** @typedef {import('./wire_documents.js').NoteKind} NoteKind */
/** @typedef {import('./wire_documents.js').NoteAttribution} NoteAttribution */

/** @type {Record<NoteKind, () => string>} */
const KINDS = {
  key_point: () => _('Key point'),
  good_practice: () => _('Good practice'),
  challenge: () => _('Challenge'),
  lesson_learned: () => _('Lesson learnt'),
  gap: () => _('Gap'),
  trend: () => _('Trend'),
  recommendation_idea: () => _('Recommendation'),
  question: () => _('Question'),
  answer: () => _('Answer'),
  action: () => _('Action'),
  quotation: () => _('Quotation'),
  procedural: () => _('Procedural'),
};

/** The key that, pressed together with Alt, marks a kind. @type {Record<string, NoteKind>} */
const KEYS = {
  1: 'key_point',
  2: 'good_practice',
  3: 'challenge',
  4: 'lesson_learned',
  5: 'gap',
  6: 'trend',
  7: 'question',
  8: 'answer',
  9: 'action',
  R: 'recommendation_idea',
  Q: 'quotation',
  P: 'procedural',
};

/** @type {Record<NoteAttribution, () => string>} */
const ATTRIBUTIONS = {
  none: () => _('Not attributed'),
  group: () => _('To the group'),
  organisation: () => _('To the organisation'),
  person: () => _('To the person'),
};

/** @type {NoteKind[]} */
export const NOTE_KINDS = /** @type {NoteKind[]} */ (Object.keys(KINDS));

/** @type {NoteAttribution[]} */
export const ATTRIBUTIONS_OF_NOTES = /** @type {NoteAttribution[]} */ (Object.keys(ATTRIBUTIONS));

/** @type {{key: string, kind: NoteKind}[]} in the order in which they are shown */
export const KIND_KEYS = Object.entries(KEYS).map(([key, kind]) => ({ key, kind }));

/** @param {NoteKind} kind */
export function noteKindName(kind) {
  return KINDS[kind]?.() ?? kind.replaceAll('_', ' ');
}

/** @param {NoteAttribution} attribution */
export function attributionName(attribution) {
  return ATTRIBUTIONS[attribution]?.() ?? attribution;
}

/**
 * Return the kind that a key press marks, or null. By the letter that the keyboard gives, or, where Alt makes another
 * character of it or the layout is not Latin, by the place of the key; never with AltGr, which types characters.
 * @param {Pick<KeyboardEvent, 'altKey'|'ctrlKey'|'metaKey'|'shiftKey'|'key'|'code'|'getModifierState'>} event
 */
export function kindOfKey(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState('AltGraph')) return null;
  const typed = event.key.toUpperCase();
  const place = event.code.replace(/^(Key|Digit|Numpad)/, '');
  return KEYS[/^[A-Z]$/.test(typed) ? typed : place] ?? null;
}
