import assert from 'node:assert/strict';
import { test } from 'node:test';

import { URGENT_MS, callText, urgent, withCall } from '../../static/js/lib/booth_calls.js';

/** @param {'slower'|'cannot_hear'} kind @param {string|null} language @param {number} at */
const call = (kind, language, at) => ({ kind, language, at });

test('a booth that calls again stands there once, at the newer time', () => {
  const calls = [call('slower', 'fr', 1), call('cannot_hear', 'fr', 2), call('slower', 'es', 3), call('slower', 'fr', 4)].reduce(withCall, /** @type {import('../../static/js/lib/booth_calls.js').Call[]} */ ([]));
  assert.deepEqual(calls.map(({ kind, language, at }) => [kind, language, at]), [['slower', 'fr', 4], ['slower', 'es', 3], ['cannot_hear', 'fr', 2]]);
});

test('a call fades after a while', () => {
  const calls = [call('slower', 'fr', 40_000), call('slower', 'es', 1_000)];
  assert.deepEqual(urgent(calls, 1_000 + URGENT_MS), [calls[0]]);
  assert.deepEqual(urgent(calls, 30_000), calls);
});

test('it names the booth, and nobody', () => {
  assert.equal(callText(call('slower', 'fr', 0)), 'French booth: slower, please');
  assert.equal(callText(call('cannot_hear', null, 0)), 'Interpreters: cannot hear the speaker');
});
