import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ServerClock } from '../../static/js/live/server_clock.js';

const HOUR_MS = 3_600_000;

/** A device whose wall clock is an hour off, a server, and a road between them. */
function world() {
  const state = { true: 1_000_000, monotonic: 500, skew: HOUR_MS, there: 10, back: 10 };
  const pass = (/** @type {number} */ ms) => { state.true += ms; state.monotonic += ms; };
  const watches = { monotonic: () => state.monotonic, wall: () => state.true + state.skew };
  const clock = new ServerClock(async () => {
    pass(state.there);
    const server = state.true;
    pass(state.back);
    return server;
  }, watches);
  return { state, clock, pass };
}

test('the server’s time is known on a device whose clock is an hour off', async () => {
  const { state, clock, pass } = world();
  await clock.measure();
  pass(123_456);
  assert.equal(clock.now(), state.true);
});

test('the fastest round trip counts, since it errs least', async () => {
  const { state, clock } = world();
  Object.assign(state, { there: 400, back: 0 });
  await clock.measure();
  assert.equal(Math.abs(clock.now() - state.true), 200);
  Object.assign(state, { there: 30, back: 10 });
  await clock.measure();
  Object.assign(state, { there: 900, back: 100 });
  await clock.measure();
  assert.equal(Math.abs(clock.now() - state.true), 10);
});

test('setting the device’s clock changes nothing', async () => {
  const { state, clock, pass } = world();
  await clock.measure();
  state.skew = -5 * HOUR_MS;
  pass(1_000);
  assert.equal(clock.now(), state.true);
});

test('after a sleep in which the device stood still, old samples are not believed', async () => {
  const { state, clock } = world();
  await clock.measure();
  state.true += 600_000;
  assert.equal(clock.slept(), true);
  Object.assign(state, { there: 300, back: 300 });
  state.true += 600_000;
  await clock.measure();
  assert.equal(clock.now(), state.true);
});

test('old samples go, so that a drifting clock is followed', async () => {
  const { state, clock, pass } = world();
  await clock.measure();
  pass(400_000);
  state.true += 90;
  Object.assign(state, { there: 50, back: 50 });
  await clock.measure();
  assert.equal(clock.now(), state.true);
});

test('until the server has been heard, the device’s own time serves', () => {
  const { state, clock } = world();
  assert.equal(clock.now(), state.true + HOUR_MS);
});
