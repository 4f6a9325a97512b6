import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Pulse } from '../../static/js/live/pulse.js';

/** A road that answers after `trip` milliseconds, or never, and a page on it; time passes when it is told to. */
function road({ trip = 100 } = {}) {
  mock.timers.enable({ apis: ['setTimeout'] });
  const state = { now: 0, trip, hidden: false, asked: /** @type {number[]} */ ([]), silent: /** @type {number[]} */ ([]) };
  const pulse = new Pulse({
    ask: () => {
      state.asked.push(state.now);
      return new Promise((resolve) => {
        if (Number.isFinite(state.trip)) setTimeout(() => { pulse.heard(); resolve({ server_ms: 0 }); }, state.trip);
      });
    },
    silent: () => void state.silent.push(state.now),
    hidden: () => state.hidden,
    now: () => state.now,
  });
  const pass = async (/** @type {number} */ ms) => {
    for (let past = 0; past < ms; past += 100) {
      state.now += 100;
      mock.timers.tick(100);
      await Promise.resolve();
    }
  };
  return { state, pulse, pass };
}

test.afterEach(() => mock.timers.reset());

test('a road that falls silent is known to be silent after eight seconds', async () => {
  const { state, pulse, pass } = road();
  pulse.start();
  await pass(60_000);
  assert.deepEqual(state.silent, []);
  const [last] = state.asked.slice(-1);
  state.trip = Infinity;
  await pass(last + 100 + 7_900 - state.now);
  assert.deepEqual(state.silent, []);
  await pass(100);
  assert.deepEqual(state.silent, [last + 100 + 8_000]);
  await pass(60_000);
  assert.equal(state.silent.length, 1);
});

test('while things come by themselves nothing is asked', async () => {
  const { state, pulse, pass } = road();
  pulse.start();
  for (let round = 0; round < 20; round += 1) {
    await pass(3_000);
    pulse.heard();
  }
  assert.deepEqual([state.asked, state.silent], [[], []]);
});

test('a slow road is not a silent one, and the slower it was the longer it is waited for', async () => {
  const { state, pulse, pass } = road({ trip: 3_900 });
  pulse.start();
  await pass(20_000);
  state.trip = 9_900;
  await pass(60_000);
  assert.deepEqual(state.silent, []);
});

test('a road that was slow from the beginning is not given up', async () => {
  const { state, pulse, pass } = road({ trip: 8_000 });
  pulse.start();
  await pass(7_000);
  pulse.heard();
  pulse.answered(0);
  await pass(60_000);
  assert.deepEqual(state.silent, []);
});

test('however slow it was, ten seconds without an answer are silence', async () => {
  const { state, pulse, pass } = road({ trip: 3_900 });
  pulse.start();
  await pass(7_900);
  state.trip = Infinity;
  await pass(14_000);
  assert.equal(state.silent.length, 1);
});

test('a device that slept has not listened', async () => {
  const { state, pulse, pass } = road();
  pulse.start();
  state.trip = Infinity;
  await pass(5_000);
  state.now += 600_000;
  state.trip = 100;
  await pass(20_000);
  assert.deepEqual(state.silent, []);
});

test('where nobody looks nothing is asked; whoever looks again learns at once', async () => {
  const { state, pulse, pass } = road({ trip: Infinity });
  pulse.start();
  state.hidden = true;
  await pass(60_000);
  assert.deepEqual([state.asked, state.silent], [[], []]);
  state.hidden = false;
  pulse.look();
  await pass(4_000);
  assert.deepEqual([state.asked, state.silent], [[60_000], [64_000]]);
});

test('a road that is closed is asked nothing more', async () => {
  const { state, pulse, pass } = road({ trip: Infinity });
  pulse.start();
  await pass(5_000);
  pulse.stop();
  pulse.look();
  await pass(60_000);
  assert.deepEqual([state.asked, state.silent], [[4_000], []]);
});
