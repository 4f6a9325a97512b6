import assert from 'node:assert/strict';
import { test } from 'node:test';

import { deviceSettings, setOnDevice } from '../../static/js/lib/device_settings.js';

/** @returns {any} */
function storage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value) };
}

test('no sound until it is asked for, and the screen stays on', () => {
  assert.deepEqual(deviceSettings(storage()), { sound: false, awake: true });
});

test('what is set is remembered, and changes nothing else', () => {
  const kept = storage();
  assert.deepEqual(setOnDevice({ sound: true }, kept), { sound: true, awake: true });
  setOnDevice({ awake: false }, kept);
  assert.deepEqual(deviceSettings(kept), { sound: true, awake: false });
});

test('a device that keeps nothing, or keeps rubbish, has the usual', () => {
  const rubbish = storage();
  rubbish.setItem('companion:device', '{');
  assert.deepEqual(deviceSettings(rubbish), { sound: false, awake: true });
  assert.deepEqual(deviceSettings(null), { sound: false, awake: true });
  const full = { getItem: () => null, setItem: () => { throw new Error('full'); } };
  assert.deepEqual(setOnDevice({ sound: true }, /** @type {any} */ (full)), { sound: true, awake: true });
});
