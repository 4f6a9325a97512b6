import assert from 'node:assert/strict';
import { test } from 'node:test';

import { byKind, byTime, inOrder, neighbourAfter, segmentOf } from '../../static/js/lib/note_stream.js';

/** @param {string} id @param {string} at @param {object} [more] @returns {any} */
const spoke = (id, at, more = {}) => ({ id, person: 'p1', kind: 'statement', started_at: `2026-10-18T${at}:00.000Z`, ended_at: null, void: false, ...more });

/** @param {string} id @param {string} at @param {string|null} intervention @param {object} [more] @returns {any} */
const note = (id, at, intervention, more = {}) => ({ id, kind: 'gap', rank: id, intervention, added_at: `2026-10-18T${at}:00.000Z`, ...more });

/** @param {import('../../static/js/lib/note_stream.js').Group[]} groups */
const read = (groups) => groups.map(({ intervention, notes }) => [intervention?.id ?? null, notes.map(({ id }) => id).join(' ')]);

const HEARD = [spoke('i.1', '10:00'), spoke('i.2', '10:10'), spoke('i.3', '10:05', { void: true })];

test('headings stand by time with their notes by rank, and what belongs to none between them', () => {
  const notes = [note('b', '10:20', 'i.1'), note('a', '10:30', 'i.1'), note('c', '10:07', null), note('d', '09:50', null), note('e', '10:08', null)];
  assert.deepEqual(read(byTime(HEARD, notes)), [[null, 'd'], ['i.1', 'a b'], [null, 'c e'], ['i.2', '']]);
});

test('what was given by mistake has no heading, unless something was noted under it', () => {
  assert.deepEqual(read(byTime(HEARD, [])), [['i.1', ''], ['i.2', '']]);
  assert.deepEqual(read(byTime(HEARD, [note('a', '10:06', 'i.3')])), [['i.1', ''], ['i.3', 'a'], ['i.2', '']]);
});

test('a group keeps its key while notes come into it and leave it', () => {
  const one = byTime(HEARD, [note('c', '10:07', null), note('e', '10:08', null)]);
  const other = byTime(HEARD, [note('e', '10:08', null), note('f', '10:09', null)]);
  assert.deepEqual(one.map(({ key }) => key), other.map(({ key }) => key));
  assert.equal(new Set(one.map(({ key }) => key)).size, one.length);
});

test('a note on an intervention that is not known yet stands by its own time', () => {
  assert.deepEqual(read(byTime(HEARD, [note('a', '10:20', 'i.9')])), [['i.1', ''], ['i.2', ''], [null, 'a']]);
});

test('by kind, in the order of the kinds, without empty ones', () => {
  const groups = byKind([note('a', '10:00', null), note('b', '10:01', 'i.1', { kind: 'key_point' }), note('c', '10:02', null)]);
  assert.deepEqual(groups.map(({ kind, notes }) => [kind, notes.map(({ id }) => id)]), [['key_point', ['b']], ['gap', ['a', 'c']]]);
});

test('one step up or down among those under the same heading, whatever lies between', () => {
  const all = inOrder(['a', 'x', 'b', 'y', 'c'].map((id, rank) => note(id, '10:00', /[xy]/.test(id) ? 'i.2' : 'i.1', { rank: String(rank) })));
  const mine = all.filter(({ intervention }) => intervention === 'i.1');
  assert.deepEqual([neighbourAfter(all, mine, 'b', -1), neighbourAfter(all, mine, 'c', -1), neighbourAfter(all, mine, 'a', 1)], [null, 'x', 'b']);
  assert.deepEqual([neighbourAfter(all, mine, 'a', -1), neighbourAfter(all, mine, 'c', 1), neighbourAfter(all, mine, 'z', 1)], [undefined, undefined, undefined]);
});

test('who spoke since the present part began belongs to it; who spoke before, by kind', () => {
  const parts = [{ id: 's1', kind: 'panel_presentations' }, { id: 's2', kind: 'interactive_discussion' }, { id: 's3', kind: 'panellists_replies' }];
  const session = { segment: 's2', segment_started_at: '2026-10-18T10:05:00.000Z' };
  assert.equal(segmentOf(spoke('i', '10:06', { kind: 'panel_presentation' }), session, parts), 's2');
  assert.equal(segmentOf(spoke('i', '10:00', { kind: 'panel_presentation' }), session, parts), 's1');
  assert.equal(segmentOf(spoke('i', '10:00'), session, parts), 's1');
  assert.equal(segmentOf(spoke('i', '10:00'), { segment: 's3', segment_started_at: '2026-10-18T10:05:00.000Z' }, parts), 's2');
  assert.equal(segmentOf(spoke('i', '10:00'), session, []), null);
});
