import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { _, ngettext, readerLanguage, useCatalogue } from '../../static/js/lib/i18n.js';

afterEach(() => useCatalogue({ language: 'en', plurals: { one: 0, other: 1 }, messages: {} }));

test('without a catalogue English is spoken, with values in their places', () => {
  assert.equal(_('{name} has the floor', { name: 'State A' }), 'State A has the floor');
  assert.equal(ngettext('{n} waiting', '{n} waiting all', 1), '1 waiting');
  assert.equal(ngettext('{n} waiting', '{n} waiting all', 0), '0 waiting all');
});

test('a value that looks like a placeholder stays what it is', () => {
  assert.equal(_('{a} and {b}', { a: '{b}', b: '$&' }), '{b} and $&');
  assert.equal(_('{missing}', {}), '{missing}');
});

test('Arabic has six plurals', () => {
  useCatalogue({
    language: 'ar',
    plurals: { zero: 0, one: 1, two: 2, few: 3, many: 4, other: 5 },
    messages: { '{n} minute': ['z{n}', 'o{n}', 't{n}', 'f{n}', 'm{n}', 'x{n}'] },
  });
  assert.deepEqual([0, 1, 2, 5, 11, 100].map((n) => ngettext('{n} minute', '{n} minutes', n)), ['z0', 'o1', 't2', 'f5', 'm11', 'x100']);
});

test('what a catalogue lacks is said in English', () => {
  useCatalogue({ language: 'fr_FR', plurals: { one: 0, other: 1 }, messages: { Saved: 'Enregistré', Empty: '' } });
  assert.deepEqual([_('Saved'), _('Empty'), _('Other'), readerLanguage()], ['Enregistré', 'Empty', 'Other', 'fr-FR']);
});
