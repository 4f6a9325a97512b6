/**
 * Notes and recommendations as the server sends them to staff: docs/PROTOCOL.md, part "Keys of the map".
 *
 * @typedef {'key_point'|'good_practice'|'challenge'|'lesson_learned'|'gap'|'trend'|'recommendation_idea'|'question'|'answer'|'action'|'quotation'|'procedural'} NoteKind
 * @typedef {'none'|'group'|'organisation'|'person'} NoteAttribution
 *
 * @typedef {object} Note
 * @property {string} id
 * @property {NoteKind} kind
 * @property {string} text
 * @property {number} version
 * @property {string} rank
 * @property {string|null} intervention
 * @property {string|null} group
 * @property {NoteAttribution} attribution
 * @property {string} added_at
 * @property {string} written_at
 * @property {string} author
 * @property {string} [written_by]
 * @property {string} [state] the shared text, where the note begins or is sent anew
 * @property {string[]} [updates] what changed in it
 * @property {boolean} released
 * @property {boolean} [unsaved] set by `withPending`: something about it has not reached the server yet
 *
 * @typedef {'proposed'|'under_discussion'|'agreed_ad_referendum'|'broad_support'|'divergent_views'|'withdrawn'} RecommendationStatus
 *
 * @typedef {{name: string|null, organisation: string|null, group: string|null}} Attributed as far as it may be told
 *
 * @typedef {object} Amendment
 * @property {string} id
 * @property {number} version
 * @property {string} text
 * @property {'open'|'taken_in'|'overtaken'|'set_aside'} state
 * @property {number|null} taken_in
 * @property {string} at
 * @property {Attributed|null} proposed_by
 * @property {string} [by] for staff
 *
 * @typedef {'reserves'|'dissociates'|'supports'} PositionKind
 * @typedef {{position: PositionKind, version: number, text: string|null, at: string, taken_by: Attributed, person?: string}} Position
 * @typedef {{position: PositionKind|null, text: string|null, version: number|null, amendments: string[]}} OwnPart
 * @typedef {{version: number, title: string, text: string, addressees: string[], at: string, amendment: string|null}} Version
 *
 * @typedef {object} Recommendation
 * @property {string} id
 * @property {string} symbol
 * @property {string} title
 * @property {string} text
 * @property {number} version
 * @property {RecommendationStatus} status
 * @property {string[]} addressees
 * @property {string|null} group
 * @property {{version: number, text: string}|null} previous
 * @property {string} proposed_at
 * @property {string} revised_at
 * @property {string|null} brought_from
 * @property {number|null} [brought_version]
 * @property {Attributed|null} [proposed_by] null for what staff wrote down
 * @property {Amendment[]} [amendments]
 * @property {Position[]} [positions]
 * @property {Partial<Record<PositionKind, number>>} [position_counts]
 * @property {string|null} note
 * @property {string} [by] for staff
 * @property {boolean} [unsaved] set by `withPendingTexts`
 */

export {};
