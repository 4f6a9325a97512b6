import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wordDiff } from '../../static/js/lib/word_diff.js';

/** @param {string} before @param {string} after */
const shown = (before, after) => wordDiff(before, after).map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `[+${text}+]` }[kind])).join('');

/** @param {string} before @param {string} after @param {'added'|'removed'} left */
const without = (before, after, left) => wordDiff(before, after).filter(({ kind }) => kind !== left).map(({ text }) => text).join('');

const PAIRS = [
  ['', ''], ['', 'All new.'], ['All gone.', ''], ['The same.', 'The same.'], ['Name focal points and share them.', 'Name focal points and publish them.'],
  ['one two three four', 'four three two one'], ['States should\n\nreport.', 'All States should report  twice.'], ['获得补救的机会', '获得有效补救的机会'],
  ['الوصول إلى سبل الانتصاف', 'الوصول الفعال إلى الانتصاف'], ['the Ombudsman’s office', 'the Ombudsman office'], ['a 👩‍👩‍👧 b', 'a 👩‍👧 b'],
];

test('what is left out of either side gives the other text back, to the character', () => {
  for (const [before, after] of PAIRS) {
    assert.equal(without(before, after, 'added'), before);
    assert.equal(without(before, after, 'removed'), after);
  }
});

test('a word that changed is one change, and what stands stays', () => {
  assert.equal(shown('and share them.', 'and publish them.'), 'and [-share-][+publish+] them.');
  assert.equal(shown('same', 'same'), 'same');
});

test('a phrase that changed reads as one phrase, not as many words', () => {
  assert.equal(shown('should share all names now', 'should publish some reports now'), 'should [-share all names-][+publish some reports+] now');
});

test('scripts without spaces are compared by character', () => {
  assert.equal(shown('获得补救', '获得有效补救'), '获得[+有效+]补救');
});

test('texts of thousands of words that differ everywhere are shown whole, and at once', () => {
  const [before, after] = ['alpha', 'beta'].map((word) => Array.from({ length: 4_000 }, (_, n) => `${word}${n}`).join(' '));
  assert.deepEqual(wordDiff(before, after).map(({ kind }) => kind), ['removed', 'added']);
});

test('any two texts made of a few words come back', () => {
  let seed = 7;
  const random = (/** @type {number} */ below) => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return seed % below; };
  const text = () => Array.from({ length: random(12) }, () => ['a', 'b', 'c', ' ', ', ', '\n'][random(6)]).join('');
  for (let round = 0; round < 500; round += 1) {
    const [before, after] = [text(), text()];
    assert.equal(without(before, after, 'added'), before);
    assert.equal(without(before, after, 'removed'), after);
  }
});
