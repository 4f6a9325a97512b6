/**
 * The order in which a rapporteur reads: interventions as they happened, each with its notes; or notes by kind.
 */

import { NOTE_KINDS } from './note_kinds.js';

/** @typedef {import('./wire.js').Intervention} Intervention */
/** @typedef {import('./wire_documents.js').Note} Note */
/**
 * A heading and what stands under it: an intervention, a time at which nothing was attached, or a kind.
 * @typedef {{key: string, at: string, intervention: Intervention|null, kind: import('./wire_documents.js').NoteKind|null, notes: Note[]}} Group
 */

/**
 * Return interventions in the order of their beginning, each with its notes, and between them what was noted under none.
 * One that was taken back is left out, unless something was noted under it.
 * @param {Intervention[]} interventions
 * @param {Note[]} notes
 * @returns {Group[]}
 */
export function byTime(interventions, notes) {
  const known = new Map(interventions.map((each) => [each.id, each]));
  /** @type {Map<string|null, Note[]>} */
  const attached = new Map();
  for (const note of notes) if (known.has(note.intervention ?? '')) attached.set(note.intervention, [...(attached.get(note.intervention) ?? []), note]);
  const headings = interventions
    .filter((each) => !each.void || attached.has(each.id))
    .map((each) => group(`i:${each.id}`, each.started_at, { intervention: each, notes: inOrder(attached.get(each.id) ?? []) }));
  const loose = notes
    .filter((note) => !known.has(note.intervention ?? ''))
    .map((note) => group(note.id, note.added_at, { notes: [note] }));
  return together([...headings, ...loose].sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key)));
}

/** @param {Note[]} notes @returns {Group[]} one for each kind that occurs, in the order of the kinds */
export function byKind(notes) {
  return NOTE_KINDS
    .map((kind) => group(`k:${kind}`, '', { kind, notes: inOrder(notes.filter((note) => note.kind === kind)) }))
    .filter((each) => each.notes.length);
}

/** @param {Note[]} notes by rank as plain text, ties by id */
export function inOrder(notes) {
  return [...notes].sort((a, b) => compare(a.rank, b.rank) || compare(a.id, b.id));
}

/**
 * Return the note after which `id` must be placed to go one place up or down among `siblings`; null for the first
 * place of all, undefined where it is at the end already. `all` is every note in order.
 * @param {Note[]} all
 * @param {Note[]} siblings
 * @param {string} id
 * @param {1|-1} step
 */
export function neighbourAfter(all, siblings, id, step) {
  const at = siblings.findIndex((note) => note.id === id);
  const other = siblings[at + step];
  if (at < 0 || !other) return undefined;
  if (step > 0) return other.id;
  const rest = all.filter((note) => note.id !== id);
  const place = rest.findIndex((note) => note.id === other.id);
  return place > 0 ? rest[place - 1].id : null;
}

/**
 * Return which part of the session an intervention belongs to. The map tells only when the present part began: those
 * from then on are of it; those before are told by their kind.
 * @param {Intervention} intervention
 * @param {{segment: string|null, segment_started_at: string|null}} session
 * @param {{id: string, kind: string}[]} segments
 */
export function segmentOf(intervention, session, segments) {
  if (session.segment && session.segment_started_at && intervention.started_at >= session.segment_started_at) return session.segment;
  const kinds = { panel_presentation: 'panel_presentations', panellist_reply: 'panellists_replies' };
  const kind = kinds[/** @type {keyof typeof kinds} */ (intervention.kind)] ?? 'interactive_discussion';
  const current = segments.findIndex((each) => each.id === session.segment);
  const before = current < 0 ? segments : segments.slice(0, Math.max(current, 1));
  return (before.find((each) => each.kind === kind) ?? before.at(-1))?.id ?? null;
}

/** What was noted under nothing in a row, under one heading, which is known by what stands before it. @param {Group[]} groups */
function together(groups) {
  /** @type {Group[]} */
  const result = [];
  for (const each of groups) {
    const last = result.at(-1);
    if (last && !last.intervention && !each.intervention) last.notes = inOrder([...last.notes, ...each.notes]);
    else result.push(each.intervention ? each : { ...each, key: `n:${last?.key ?? ''}` });
  }
  return result;
}

/** @param {string} key @param {string} at @param {Partial<Group>} rest @returns {Group} */
function group(key, at, rest) {
  return { key, at, intervention: null, kind: null, notes: [], ...rest };
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
