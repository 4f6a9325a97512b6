import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addresseeNames, addresseesIn } from '../../static/js/lib/addressees.js';

/** @type {any[]} */
const GROUPS = [{ id: 'states', name: { en: 'States', ar: 'الدول' } }, { id: 'ngo', name: { en: 'Civil society' } }];

test('addressees are read from one line, each once, and a stakeholder group by any of its names', () => {
  assert.deepEqual(addresseesIn(' states;OHCHR ; Civil  Society;; States', GROUPS), ['states', 'OHCHR', 'ngo']);
  assert.deepEqual(addresseesIn('الدول؛ وزارة العدل', GROUPS), ['states', 'وزارة العدل']);
  assert.deepEqual(addresseesIn('Ministry of Justice, Kenya；OHCHR\nstates', undefined), ['Ministry of Justice, Kenya', 'OHCHR', 'states']);
  assert.deepEqual(addresseesIn('  ; ', GROUPS), []);
});

test('they are called as they are called, and read back as what they were', () => {
  const addressees = ['ngo', 'OHCHR', 'gone'];
  const names = addresseeNames(addressees, GROUPS);
  assert.deepEqual(names, ['Civil society', 'OHCHR', 'gone']);
  assert.deepEqual(addresseesIn(names.join('; '), GROUPS), addressees);
});
