import assert from 'node:assert/strict';
import { test } from 'node:test';

import { comingUp, expectedWaits, neighbourBefore, placeOf, secondsLeft, throughAt, waitingOn } from '../../static/js/lib/speakers.js';

/** @param {string} id @param {string} rank @param {object} changes @returns {any} */
function request(id, rank, changes = {}) {
  return { id, rank, list: 'speakers', status: 'waiting', expected_seconds: 120, ...changes };
}

const ALL = [
  request('c', 'b'), request('b', 'b'), request('a', 'aZ'), request('x', 'A', { status: 'held' }), request('y', 'a', { list: 'order' }), request('d', 'c', { expected_seconds: 60 }),
];

test('the list is those that wait, by rank as plain text, ties by id', () => {
  assert.deepEqual(waitingOn(ALL).map(({ id }) => id), ['a', 'b', 'c', 'd']);
  assert.deepEqual(waitingOn(ALL, 'order').map(({ id }) => id), ['y']);
});

test('capital letters come before small ones, as in ASCII and not as in a dictionary', () => {
  assert.deepEqual(waitingOn([request('1', 'a'), request('2', 'Z'), request('3', '9')]).map(({ id }) => id), ['3', '2', '1']);
});

test('a place is counted from one', () => {
  const waiting = waitingOn(ALL);
  assert.deepEqual([placeOf(waiting, 'a'), placeOf(waiting, 'd'), placeOf(waiting, 'x')], [1, 4, null]);
});

test('each waits for all before, and for whoever speaks', () => {
  assert.deepEqual(expectedWaits(waitingOn(ALL), 30), [30, 150, 270, 390, 450]);
  assert.deepEqual(expectedWaits([], 30), [30]);
});

test('what is spoken for each second allotted, and the change to the next, are counted for each before', () => {
  assert.deepEqual(expectedWaits(waitingOn(ALL), 30, { pace: 150, changeover_seconds: 10 }), [30, 220, 410, 600, 700]);
});

test('the next come from points of order, then the list, then rights of reply', () => {
  const reply = request('r', 'a', { list: 'reply' });
  assert.deepEqual(comingUp([reply, ...ALL]).map(({ id }) => id), ['y', 'a', 'b', 'c', 'd', 'r']);
});

test('the list is through as forecast, and later while nobody speaks', () => {
  const now = Date.parse('2026-10-18T09:00:00.000Z');
  const forecast = { as_of: '', through_at: '2026-10-18T09:10:00.000Z', waiting: 3, waiting_seconds: 400, pace: 120, changeover_seconds: 20 };
  assert.equal(throughAt(forecast, now), now + 600_000);
  assert.equal(throughAt(forecast, now + 200_000), now + 200_000 + 540_000);
});

test('who runs over gives no time back, and an interrupted speaker counts too', () => {
  const now = Date.parse('2026-10-18T09:00:00.000Z');
  const spoke = (/** @type {number} */ seconds, /** @type {number|null} */ limit) => /** @type {any} */ ({
    started_at: new Date(now - seconds * 1_000).toISOString(), paused_at: null, paused_seconds: 0, ended_at: null, limit_seconds: limit,
  });
  assert.equal(secondsLeft([spoke(200, 180), undefined], now), 0);
  assert.equal(secondsLeft([spoke(60, 180), spoke(100, 120)], now), 140);
  assert.equal(secondsLeft([spoke(60, null)], now), 0);
});

test('a place is told to the server as the neighbour before it', () => {
  const waiting = waitingOn(ALL);
  assert.equal(neighbourBefore(waiting, 'd', 1), null);
  assert.equal(neighbourBefore(waiting, 'd', 2), 'a');
  assert.equal(neighbourBefore(waiting, 'a', 2), 'b');
  assert.equal(neighbourBefore(waiting, 'a', 4), 'd');
  assert.equal(neighbourBefore(waiting, 'a', 99), 'd');
});
