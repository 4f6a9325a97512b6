import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KIND_KEYS, NOTE_KINDS, kindOfKey } from '../../static/js/lib/note_kinds.js';

/** @param {string} key @param {object} [more] @returns {any} */
const press = (key, more = {}) => ({
  key, code: /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, getModifierState: () => false, ...more,
});

test('every kind has one key', () => {
  assert.deepEqual(KIND_KEYS.map(({ kind }) => kind).sort(), [...NOTE_KINDS].sort());
  for (const { key, kind } of KIND_KEYS) assert.equal(kindOfKey(press(key.toLowerCase())), kind);
});

test('a key alone types; so do AltGr and what else is held down', () => {
  for (const more of [{ altKey: false }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { getModifierState: () => true }]) {
    assert.equal(kindOfKey(press('1', more)), null);
  }
});

test('letters go by what is printed on them, other scripts and what Alt makes of a key by its place', () => {
  assert.equal(kindOfKey(press('q', { code: 'KeyA' })), 'quotation');
  assert.equal(kindOfKey(press('a', { code: 'KeyQ' })), null);
  assert.equal(kindOfKey(press('®', { code: 'KeyR' })), 'recommendation_idea');
  assert.equal(kindOfKey(press('к', { code: 'KeyR' })), 'recommendation_idea');
  assert.equal(kindOfKey(press('&', { code: 'Digit1' })), 'key_point');
  assert.equal(kindOfKey(press('3', { code: 'Numpad3' })), 'challenge');
  assert.equal(kindOfKey(press('F4', { code: 'F4' })), null);
});
