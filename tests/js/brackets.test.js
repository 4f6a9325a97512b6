import assert from 'node:assert/strict';
import { test } from 'node:test';

import { atBrackets, hasBrackets, missingBracket, passages } from '../../static/js/lib/brackets.js';
import { wordDiff } from '../../static/js/lib/word_diff.js';

/** @param {string} text */
const inBrackets = (text) => passages(text).filter((each) => each.inBrackets).map((each) => each.text);

test('what stands in brackets is told apart, also nested ones and those of full-width scripts', () => {
  assert.deepEqual(inBrackets('a [b [c] d] e'), ['[b [c] d]']);
  assert.deepEqual(inBrackets('应［尽快］商定'), ['［尽快］']);
  assert.deepEqual(inBrackets('[][]'), ['[]', '[]']);
  assert.deepEqual(inBrackets('plain'), []);
});

test('a bracket that is never closed reaches to the end, one that was never opened is no passage', () => {
  assert.deepEqual(inBrackets('a [b'), ['[b']);
  assert.deepEqual(inBrackets('a] b'), []);
});

test('no letter is lost, whatever brackets there are', () => {
  for (const text of ['', 'plain', ']][[', 'a [b [c] d', '[<b>\u202e]']) {
    assert.equal(passages(text).map((each) => each.text).join(''), text);
    assert.equal(atBrackets(text).join(''), text);
  }
});

test('which half of a pair is missing is told to the writer', () => {
  assert.equal(missingBracket('a [b] c'), null);
  assert.equal(missingBracket('a [b c'), 'closing');
  assert.equal(missingBracket('a b] [c]'), 'opening');
});

test('brackets that are put round a word or taken from it are the whole change', () => {
  const pieces = wordDiff('should soon agree', 'should [soon] agree');
  assert.deepEqual(pieces.filter(({ kind }) => kind !== 'same'), [{ kind: 'added', text: '[' }, { kind: 'added', text: ']' }]);
  assert.ok(hasBrackets('should [soon] agree'));
  assert.ok(!hasBrackets('should soon agree'));
});
