import assert from 'node:assert/strict';
import { test } from 'node:test';

import { balanceRows, longestWaiting, notHeard, shareName } from '../../static/js/lib/balance.js';

/** @type {any} */
const BALANCE = {
  session: { group: { ngo: [4, 1, 60], state: [2, 2, 180] }, attendance: { remote: [1, 0, 0] } },
  earlier: { day: { group: { ngo: [1, 1, 240], academia: [1, 0, 0] } }, workshop: { group: { ngo: [3, 3, 600] } } },
  banks: {},
};
const GROUPS = ['state', 'ngo', 'academia', 'nhri'].map((id) => ({ id, name: { en: id } }));

test('the largest share of the time comes first, and all together make a hundred', () => {
  const rows = balanceRows(BALANCE, 'session', 'group');
  assert.deepEqual(rows.map(({ id, turns, percent, of_requests }) => [id, turns, percent, of_requests]), [['state', 2, 75, 33], ['ngo', 1, 25, 67]]);
});

test('the day and the workshop hold this session and those before it', () => {
  assert.deepEqual(balanceRows(BALANCE, 'day', 'group').map(({ id, seconds }) => [id, seconds]), [['ngo', 300], ['state', 180], ['academia', 0]]);
  assert.deepEqual(balanceRows(BALANCE, 'workshop', 'group').map(({ id, requests, turns }) => [id, requests, turns]), [['ngo', 7, 4], ['state', 2, 2]]);
});

test('nothing was said yet: no share of nothing', () => {
  assert.deepEqual(balanceRows(BALANCE, 'session', 'attendance').map(({ percent, of_requests }) => [percent, of_requests]), [[0, 100]]);
  assert.deepEqual(balanceRows(BALANCE, 'session', 'gender'), []);
  assert.deepEqual(balanceRows(undefined, 'day', 'group'), []);
});

test('groups that were not heard, those who wait first', () => {
  assert.deepEqual(notHeard(GROUPS, balanceRows(BALANCE, 'day', 'group')).map(({ group, requests }) => [group.id, requests]), [['academia', 1], ['nhri', 0]]);
});

test('who has waited longest, and who of those at home', () => {
  /** @type {any[]} */
  const waiting = [['a', 3], ['b', 1], ['c', 2]].map(([id, minute]) => ({ id, person: id, requested_at: `2026-10-18T09:0${minute}:00.000Z` }));
  /** @type {any} */
  const people = { a: { attendance: 'remote' }, b: { attendance: 'in_room' }, c: { attendance: 'remote' } };
  const { overall, remote } = longestWaiting(waiting, (id) => people[id]);
  assert.deepEqual([overall?.id, remote?.id], ['b', 'c']);
  assert.deepEqual(longestWaiting([], () => undefined), { overall: null, remote: null });
});

test('a share is named in words', () => {
  assert.deepEqual([shareName('language', 'es', GROUPS), shareName('attendance', 'remote', GROUPS), shareName('group', 'ngo', GROUPS)], ['Spanish', 'Remote', 'ngo']);
});
