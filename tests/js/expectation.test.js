import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectationOf, thoseBefore, waiting } from '../../static/js/lib/expectation.js';

const NOW = Date.parse('2026-10-18T09:00:00.000Z');

/** @param {string} id @param {string} rank @param {object} more @returns {any} */
const request = (id, rank, more = {}) => ({ id, rank, list: 'speakers', status: 'waiting', expected_seconds: 120, ...more });

const LIST = [request('a', '1'), request('b', '2', { expected_seconds: 60 }), request('c', '3')];
const ON_THE_FLOOR = {
  floor: { intervention: 'v', interrupted: null },
  'intervention/v': { started_at: new Date(NOW - 30_000).toISOString(), paused_at: null, paused_seconds: 0, ended_at: null, limit_seconds: 120 },
};

/** @param {Record<string, any>} keys @param {any[]} requests @returns {any} */
function map(keys = {}, requests = LIST) {
  const values = { session: { status: 'open' }, floor: { intervention: null, interrupted: null }, ...keys };
  return { get: (/** @type {string} */ key) => values[key], values: () => requests };
}

test('one waits for whoever speaks, and for all before', () => {
  const all = map(ON_THE_FLOOR);
  const { seconds, at, from } = expectationOf(all, thoseBefore(all, LIST[2]), NOW);
  assert.deepEqual([seconds, at, from], [90 + 120 + 60, NOW + 270_000, 'now']);
});

test('those who run over and the changes between speakers are expected of those before', () => {
  const slow = map({ ...ON_THE_FLOOR, forecast: { pace: 150, changeover_seconds: 20 } });
  assert.equal(expectationOf(slow, thoseBefore(slow, LIST[2]), NOW).seconds, 90 + 180 + 20 + 90 + 20);
  assert.equal(expectationOf(slow, thoseBefore(slow, LIST[0]), NOW).seconds, 90);
});

test('for the whole list that is when the server says it will be through', () => {
  const forecast = { pace: 110, changeover_seconds: 7, waiting: 3, waiting_seconds: 300 };
  const all = map({ ...ON_THE_FLOOR, forecast });
  const through = 90 + (forecast.waiting_seconds * forecast.pace) / 100 + forecast.waiting * forecast.changeover_seconds;
  assert.equal(expectationOf(all, waiting(all), NOW).seconds, through);
});

test('before the session one counts from its beginning, and in a break from nobody knows when', () => {
  const starts = { programme: { starts_at: new Date(NOW + 600_000).toISOString() } };
  const before = expectationOf(map({ session: { status: 'scheduled' }, ...starts }), LIST.slice(0, 1), NOW);
  assert.deepEqual(before, { seconds: 120, at: NOW + 720_000, from: 'start' });
  const late = expectationOf(map({ session: { status: 'scheduled' }, programme: { starts_at: new Date(NOW - 1_000).toISOString() } }), [], NOW);
  assert.deepEqual(late, { seconds: 0, at: NOW, from: 'now' });
  const broken = expectationOf(map({ session: { status: 'suspended' } }), LIST.slice(0, 2), NOW);
  assert.deepEqual(broken, { seconds: 180, at: null, from: 'resumption' });
});

test('a right of reply comes after the list of speakers, a point of order before all', () => {
  const reply = request('y', '1', { list: 'reply' });
  const order = request('z', '1', { list: 'order' });
  const all = map({}, [reply, request('x', '0', { list: 'reply' }), order, ...LIST]);
  assert.deepEqual(thoseBefore(all, reply).map(({ id }) => id), ['a', 'b', 'c', 'x']);
  assert.deepEqual(thoseBefore(all, LIST[1]).map(({ id }) => id), ['a']);
  assert.deepEqual(thoseBefore(all, order), []);
  assert.deepEqual(thoseBefore(all, request('gone', '9')), []);
});
