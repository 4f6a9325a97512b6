import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { groupColour, groupName, inReadersLanguage, kindName, languageName } from '../../static/js/lib/names.js';
import { KNOWN_REFUSALS, refusalSentence } from '../../static/js/lib/refusals.js';
import { findPeople } from '../../static/js/lib/search.js';

const PROTOCOL = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');

test('every kind of request in the protocol has a name', () => {
  const line = PROTOCOL.split('\n').find((each) => each.startsWith('- kind of request')) ?? '';
  const kinds = [...line.matchAll(/`(\w+)`/g)].map((match) => match[1]);
  assert.equal(kinds.length, 12);
  for (const kind of kinds) assert.match(kindName(kind), /^[A-Z]/, kind);
});

test('every refusal in the protocol has a sentence', () => {
  const section = PROTOCOL.split('## Refusals')[1];
  const codes = [...section.matchAll(/`(\w+)`/g)].map((match) => match[1]);
  assert.deepEqual(codes.filter((code) => !KNOWN_REFUSALS.includes(code)), []);
});

test('the server’s own words go before ours, and no code leaves a person without words', () => {
  assert.equal(refusalSentence('stale', 'In the reader’s language.'), 'In the reader’s language.');
  assert.equal(refusalSentence('never_heard_of'), refusalSentence('unexpected'));
});

test('a group is named in the reader’s language, or else in English, or at all', () => {
  const groups = [{ id: 'ngo', name: { en: 'NGOs', fr: 'ONG' } }, { id: 'state', name: { ar: 'الدول' } }];
  assert.deepEqual([inReadersLanguage(groups[0].name, 'fr-CH'), inReadersLanguage(groups[0].name, 'ru')], ['ONG', 'NGOs']);
  assert.deepEqual([groupName(groups, 'state'), groupName(groups, 'none'), groupName(undefined, null)], ['الدول', '', '']);
  assert.deepEqual([groupColour(groups, 'state'), groupColour(groups, null)], [2, 0]);
});

test('a language is called by its name, and one that nobody knows by its code', () => {
  assert.deepEqual([languageName('es', 'en'), languageName('es', 'fr'), languageName('not a code', 'en'), languageName(null)], ['Spanish', 'espagnol', 'not a code', '']);
});

test('two letters find a person by name, Latin name or organisation, in any script, with or without accents', () => {
  const person = (/** @type {string} */ id, /** @type {string} */ name, latin = name, organisation = '') => /** @type {any} */ ({ id, name, latin_name: latin, organisation });
  const people = [
    person('1', 'Représentante, ONG Exemple', 'Representative, NGO Example'), person('2', 'ممثل، المؤسسة', 'Representative, Sample NHRI A'),
    person('3', 'Делегат', 'Delegate', 'State C'), person('4', 'Anna Nhat'), person('5', 'Johnhri'),
  ];
  const found = (/** @type {string} */ query) => findPeople(people, query).map(({ id }) => id);
  assert.deepEqual(found('représ'), ['1', '2']);
  assert.deepEqual(found('nh'), ['4', '2', '5']);
  assert.deepEqual(found('дел'), ['3']);
  assert.deepEqual(found('state del'), ['3']);
  assert.deepEqual(found('مؤ'), ['2']);
  assert.deepEqual(found('  '), []);
});
