/**
 * What the server sends, as types: the shapes of docs/PROTOCOL.md, part "Keys of the map".
 *
 * @typedef {'statement'|'joint_statement'|'question'|'panel_presentation'|'panellist_reply'|'video_statement'|'read_out'|'point_of_order'|'right_of_reply'|'procedural_motion'|'moderator'|'secretariat'} Kind
 * @typedef {'in_room'|'remote'} Attendance
 *
 * @typedef {object} SessionValue
 * @property {string} id
 * @property {string} number
 * @property {string} title
 * @property {string} short_title
 * @property {'scheduled'|'open'|'suspended'|'closed'|'finalised'} status
 * @property {string|null} segment
 * @property {string|null} segment_kind
 * @property {string|null} segment_started_at
 * @property {string|null} started_at
 * @property {string|null} closed_at
 * @property {number} warning_seconds
 * @property {string|null} presiding
 * @property {boolean} one_request_each
 * @property {boolean} participants_may_propose
 * @property {boolean} participants_may_take_positions
 * @property {string|null} preset
 * @property {{action: string, after_seconds: number, since: string, text: string|null}[]} alarms
 * @property {Limits} limits
 *
 * @typedef {object} Limits
 * @property {number|null} default_seconds
 * @property {Record<string, number>} groups
 * @property {Record<string, number>} kinds
 * @property {Record<string, number>} replies of the first and the second right of reply: `1`, `2`
 * @property {Record<string, number>} banks the common time of groups
 * @property {number|null} shared_seconds
 *
 * @typedef {{id: string, name: Record<string, string>}} Group
 *
 * @typedef {object} Programme
 * @property {{id: string, title: Record<string, string>}} workshop
 * @property {string} room
 * @property {string} time_zone
 * @property {string|null} starts_at
 * @property {string|null} ends_at
 * @property {{id: string, kind: string}[]} segments
 * @property {Group[]} groups
 *
 * @typedef {object} ListOfSpeakers
 * @property {'not_open'|'open'|'closed'} status
 * @property {string} rule
 * @property {boolean} automatic
 * @property {string|null} letter
 * @property {'group'|'attendance'|'region'|null} by
 * @property {Record<string, number>} shares
 * @property {{key: string, values: RuleReason}} reason
 * @property {number} waiting
 * @property {string|null} next
 * @property {{seconds: number, names: number, at: string}|null} proposed
 * @property {string|null} closes_at
 *
 * @typedef {object} RuleReason whom the rule would have next, and why
 * @property {string} [request]
 * @property {string|null} [category]
 * @property {string|null} [last_at]
 * @property {number} [times]
 *
 * @typedef {object} Forecast
 * @property {string} as_of
 * @property {number} waiting
 * @property {number} waiting_seconds
 * @property {number} changeover_seconds
 * @property {number} pace
 * @property {string} through_at
 * @property {number} [speaking_seconds]
 * @property {number} [later_seconds]
 * @property {string|null} [ends_at]
 * @property {number|null} [late_seconds]
 * @property {number|null} [fits_seconds]
 *
 * @typedef {[requests: number, turns: number, seconds: number]} Share
 * @typedef {'group'|'region'|'attendance'|'language'|'gender'} Dimension
 * @typedef {Partial<Record<Dimension, Record<string, Share>>>} Shares
 * @typedef {{session: Shares, earlier: {day: Shares, workshop: Shares}, banks: Record<string, number>}} Balance
 *
 * @typedef {object} FloorRequest
 * @property {string} id
 * @property {string} person
 * @property {'speakers'|'reply'|'order'} list
 * @property {Kind} kind
 * @property {string} status
 * @property {string} rank
 * @property {string} requested_at
 * @property {number|null} expected_seconds
 * @property {string|null} topic
 * @property {string|null} on_behalf_of
 * @property {string|null} language
 * @property {boolean} ready
 * @property {string|null} segment
 * @property {string|null} ruling
 * @property {string|null} reply_to
 * @property {number} absences
 * @property {boolean} has_text
 * @property {string|null} [text] for staff, booths and whose it is
 * @property {number|null} [limit_seconds] for whose it is
 * @property {string|null} [exchange_with] the request that it offers to exchange places with; for whose it is
 * @property {string[]} [offers] the requests that offer this; for whose it is
 * @property {string} placed_by
 * @property {string|null} carried_from
 *
 * @typedef {object} Floor
 * @property {string|null} intervention
 * @property {string|null} interrupted
 * @property {{action: 'give'|'give_back'|null, request: string|null, person: string|null}} next
 *
 * @typedef {object} Intervention
 * @property {string} id
 * @property {string} person
 * @property {string|null} request
 * @property {Kind} kind
 * @property {string|null} topic
 * @property {string|null} on_behalf_of
 * @property {string|null} language
 * @property {Attendance} attendance
 * @property {string} started_at
 * @property {string|null} paused_at
 * @property {number} paused_seconds
 * @property {number|null} limit_seconds
 * @property {string|null} ended_at
 * @property {boolean} void
 * @property {string|null} reply_to
 * @property {string|null} [suggested]
 *
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string|null} latin_name
 * @property {string|null} organisation
 * @property {string|null} group
 * @property {Attendance} attendance
 * @property {string|null} language
 * @property {string} role
 * @property {boolean} guest
 * @property {number} [spoken_times]
 * @property {number} [spoken_seconds]
 * @property {boolean} [present]
 * @property {string} [platform_name]
 * @property {string[]} [accessibility_needs]
 * @property {number|null} [limit_seconds] a speaking time of their own, for technical staff; `limit_reason`: why
 * @property {string|null} [limit_reason]
 * @property {string|null} [region]
 *
 * @typedef {{what: 'list'|'message'|'join'|'nothing', ref: string|null}} Display
 * @typedef {{text: string, at: string}} Announcement
 * @typedef {{command: string, by: string, type: string, person: string|null}} Undoable
 *
 * @typedef {{ok: boolean, seq?: number, result?: Record<string, string>, code?: string, message?: string, field?: string, depends_on?: string}} Answer
 * @typedef {{session: string, epoch: string, seq: number, server_ms: number, set: Record<string, any>, unset: string[]}} Patch
 * @typedef {{id: string, type: string, data: Record<string, unknown>, expect?: Record<string, unknown>}} Command
 */

export {};
