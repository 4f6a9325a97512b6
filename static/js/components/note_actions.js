/**
 * What can be done with a note, or with all notes under a heading: the items of their menus.
 */

import { _, ngettext } from '../lib/i18n.js';
import { ATTRIBUTIONS_OF_NOTES, NOTE_KINDS, attributionName, noteKindName } from '../lib/note_kinds.js';
import { inReadersLanguage } from '../lib/names.js';
import { paragraphsOf } from '../lib/paragraphs.js';
import { splitUp } from './note_splitting.js';
import { offerTargets } from './note_targets.js';

/** @typedef {import('../lib/wire.js').Group} StakeholderGroup */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./action-menu.js').Item} Item */
/** @typedef {import('./rapporteur-stream.js').RapporteurStream} RapporteurStream */
/** @typedef {import('../live/past_interventions.js').PastInterventions} PastInterventions */
/** @typedef {{what: 'kind'|'more', move: (step: 1|-1) => string|null|undefined, versions: () => void, past: PastInterventions|undefined}} Around */

/**
 * Open the menu of a note.
 * @param {RapporteurStream} host
 * @param {ActionMenu} menu
 * @param {HTMLElement} opener
 * @param {Note} note
 * @param {Around} around
 */
export function noteActions(host, menu, opener, note, around) {
  const mark = (/** @type {Record<string, unknown>} */ marks) => host.act('note.mark', { note: note.id, ...marks });
  const whyNot = host.session.whyNot('note.mark');
  const open = (/** @type {string} */ label, /** @type {Item[]} */ items) => menu.openAt(opener, label, items);
  if (around.what === 'kind') {
    return open(_('Kind and attribution'), markItems(note, mark).map((item) => ({ ...item, whyNot })));
  }
  return open(_('Actions for this note'), [
    { label: _('Stakeholder group…'), whyNot, run: () => open(_('Stakeholder group'), groups(host, note, mark)) },
    { label: _('Attach to…'), whyNot, run: () => offerTargets(menu, opener, _('Attach to'), { session: host.session, past: around.past, current: note.intervention, choose: (intervention) => mark({ intervention }) }) },
    ...moves(host, note, around.move),
    ...texts(host, note),
    { label: _('Versions…'), whyNot: host.session.whyNot('note.text'), run: around.versions },
    release(host, note),
    { label: _('Remove'), danger: true, line: true, whyNot: host.session.whyNot('note.remove'), run: () => host.desk.pen.remove(note.id) },
  ]);
}

/**
 * What a note is, and whose point it was.
 * @param {Pick<Note, 'kind'|'attribution'>} note
 * @param {(marks: Partial<Pick<Note, 'kind'|'attribution'>>) => unknown} mark
 * @returns {Item[]}
 */
export function markItems(note, mark) {
  return [
    ...ATTRIBUTIONS_OF_NOTES.map((attribution) => ({ label: attributionName(attribution), current: attribution === note.attribution, run: () => mark({ attribution }) })),
    ...NOTE_KINDS.map((kind, index) => ({ label: noteKindName(kind), line: !index, current: kind === note.kind, run: () => mark({ kind }) })),
  ];
}

/**
 * @param {RapporteurStream} host
 * @param {import('../lib/note_stream.js').Group} group
 * @param {() => void} write
 * @returns {Item[]}
 */
export function groupActions(host, { notes }, write) {
  const all = (/** @type {boolean} */ released) => {
    const mine = notes.filter((note) => note.released !== released);
    return { count: mine.length, run: () => { for (const { id } of mine) host.act('note.release', { note: id, released }); } };
  };
  const [release, take] = [all(true), all(false)];
  const whyNot = host.session.whyNot('note.release');
  return [
    { label: _('Write here'), whyNot: host.session.whyNot('note.add'), run: write },
    { label: ngettext('Release {n} note to everybody', 'Release {n} notes to everybody', release.count), line: true, whyNot: release.count ? whyNot : 'not_now', run: release.run },
    { label: _('Take all back: staff only'), whyNot: take.count ? whyNot : 'not_now', run: take.run },
  ];
}

/** @param {RapporteurStream} host @param {Note} note @param {(marks: Record<string, unknown>) => unknown} mark @returns {Item[]} */
function groups(host, note, mark) {
  /** @type {StakeholderGroup[]} */
  const known = host.get('programme')?.groups ?? [];
  return [{ label: _('None'), current: !note.group, run: () => mark({ group: null }) },
    ...known.map(({ id, name }) => ({ label: inReadersLanguage(name), current: id === note.group, run: () => mark({ group: id }) }))];
}

/** @param {RapporteurStream} host @param {Note} note @param {(step: 1|-1) => string|null|undefined} move @returns {Item[]} */
function moves(host, note, move) {
  const item = (/** @type {string} */ label, /** @type {1|-1} */ step) => {
    const after = move(step);
    return { label, line: step < 0, whyNot: after === undefined ? 'not_now' : host.session.whyNot('note.move'), run: () => host.act('note.move', { note: note.id, after }) };
  };
  return [item(_('Move up'), -1), item(_('Move down'), 1)].filter(({ whyNot }) => whyNot !== 'not_now');
}

/** @param {RapporteurStream} host @param {Note} note @returns {Item[]} */
function texts(host, note) {
  const parts = paragraphsOf(note.text);
  /** @type {Item[]} */
  const items = [{
    label: _('Make a recommendation of it…'), line: true, whyNot: note.text.trim() ? host.session.whyNot('recommendation.propose') : 'not_now',
    run: () => document.dispatchEvent(new CustomEvent('propose-from', { detail: note })),
  }];
  if (parts.length > 1) {
    items.push({ label: ngettext('Split into {n} note', 'Split into {n} notes', parts.length), whyNot: host.session.whyNot('note.add'), run: () => splitUp(host.desk, note.id, note.text, dataOf(note)) });
  }
  return items;
}

/** What another note beside this one is made with. @param {Note} note */
function dataOf({ id, kind, attribution, intervention, group }) {
  return { kind, attribution, after: id, ...(intervention && { intervention }), ...(group && { group }) };
}

/** @param {RapporteurStream} host @param {Note} note @returns {Item} */
function release(host, note) {
  const label = note.released ? _('Take back: staff only') : _('Release to everybody');
  return { label, line: true, whyNot: host.session.whyNot('note.release'), run: () => host.act('note.release', { note: note.id, released: !note.released }) };
}
