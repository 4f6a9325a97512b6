import assert from 'node:assert/strict';
import { test } from 'node:test';

import { correctionOf, overtaken } from '../../static/js/lib/corrections.js';

/** @type {any} */
const SEEN = { id: 'p', name: 'Jon', latin_name: '', organisation: 'AO', group: 'states', attendance: 'in_room', language: null };
const TYPED = { name: 'Jon', latin_name: '', organisation: 'AO', group: 'states', attendance: 'in_room', language: '' };

test('what stands as it was seen is not sent', () => {
  assert.deepEqual(correctionOf(SEEN, TYPED), { expect: {} });
  assert.deepEqual(correctionOf(SEEN, { ...TYPED, name: '  Jon ' }), { expect: {} });
});

test('what is put right is sent with what was seen of it; nothing is null for a group and a language, empty for a text', () => {
  const typed = { name: 'John ', latin_name: 'John', organisation: '', group: '', attendance: 'remote', language: 'fr' };
  assert.deepEqual(correctionOf(SEEN, typed), {
    name: 'John', latin_name: 'John', organisation: '', group: null, attendance: 'remote', language: 'fr',
    expect: { name: 'Jon', latin_name: '', organisation: 'AO', group: 'states', attendance: 'in_room', language: null },
  });
});

test('what somebody else has changed meanwhile is told from what they left', () => {
  const correction = correctionOf(SEEN, { ...TYPED, name: 'John', language: 'fr' });
  assert.deepEqual(overtaken(correction, { ...SEEN, name: 'Jón', organisation: 'Other' }), ['name']);
  assert.deepEqual(overtaken(correction, SEEN), []);
});
