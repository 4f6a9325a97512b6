import assert from 'node:assert/strict';
import test from 'node:test';
import { codeIn, spaced } from '../../static/js/lib/join_code.js';

test('a code is read in any case, with or without spaces and dashes', () => {
  for (const typed of ['K7WM3QXD', 'k7wm 3qxd', ' K7WM-3QXD\n', 'ｋ７ｗｍ３ｑｘｄ']) assert.equal(codeIn(typed), 'K7WM3QXD');
});

test('a pasted link gives its code', () => {
  assert.equal(codeIn('http://192.0.2.1:8000/?code=k7wm3qxd#x'), 'K7WM3QXD');
});

test('a code is shown in groups of four', () => {
  assert.equal(spaced('K7WM3QXD'), 'K7WM 3QXD');
});
