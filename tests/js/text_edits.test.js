import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleaned, firstText, isTooLong } from '../../static/js/lib/clean_text.js';
import { fromBase64, toBase64 } from '../../static/js/lib/base64.js';
import { difference, pieces, placeAfter } from '../../static/js/lib/text_edits.js';

/** @type {(text: string, edit: {at: number, gone: number, came: string}) => string} */
const edited = (text, { at, gone, came }) => text.slice(0, at) + came + text.slice(at + gone);

test('an edit makes one text of the other, wherever the caret is, and tears no character', () => {
  const letters = ['a', 'b', '😀', '😁', '𝄞', 'م'];
  const random = () => Array.from({ length: Math.floor(Math.random() * 7) }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
  for (let round = 0; round < 20_000; round += 1) {
    const [before, after] = [random(), random()];
    const edit = difference(before, after, Math.floor(Math.random() * (after.length + 1)));
    assert.equal(edited(before, edit), after);
    assert.ok(edit.came.isWellFormed() && before.slice(edit.at, edit.at + edit.gone).isWellFormed(), JSON.stringify([before, after, edit]));
  }
});

test('where several edits are as small, it is the one that was made at the caret', () => {
  assert.deepEqual(difference('hello', 'helllo', 3), { at: 2, gone: 0, came: 'l' });
  assert.deepEqual(difference('hello', 'helllo', 5), { at: 4, gone: 0, came: 'l' });
  assert.deepEqual(difference('hello', 'helllo'), { at: 4, gone: 0, came: 'l' });
  assert.deepEqual(difference('hello', 'helo', 2), { at: 2, gone: 1, came: '' });
  assert.deepEqual(difference('same', 'same', 2), { at: 2, gone: 0, came: '' });
});

test('a place stays between its letters when the text around it is edited', () => {
  const edit = { at: 2, gone: 3, came: 'wxyz' };
  assert.deepEqual([0, 2, 3, 5, 7].map((place) => placeAfter(place, edit)), [0, 2, 6, 6, 8]);
});

test('a text in pieces is the same text', () => {
  assert.deepEqual(pieces('😀😀😀', 3), ['😀', '😀', '😀']);
  assert.deepEqual(pieces('abcde', 2), ['ab', 'cd', 'e']);
  assert.deepEqual(pieces('', 2), []);
});

test('what the server refuses does not get into a text', () => {
  assert.equal(cleaned('a\u0000b\u0007c\td\r\ne\u2028f\u0085g\u202eh\u2067i\ufeffj\ud800k\u{e0041}l\u200dm'), 'abc\td\ne\nf\nghijkl\u200dm');
  assert.equal(cleaned('😀 مرحبا 你好'), '😀 مرحبا 你好');
});

test('characters are counted as the server does', () => {
  assert.equal(isTooLong('x'.repeat(20_000)), false);
  assert.equal(isTooLong('x'.repeat(20_001)), true);
  assert.equal(isTooLong('😀'.repeat(20_000)), false);
  assert.equal(isTooLong('😀'.repeat(20_001)), true);
});

test('a note is made with what the server keeps letter by letter, or with nothing', () => {
  assert.equal(firstText('  Remedy takes \n ten years. '), 'Remedy takes\n ten years.');
  assert.equal(firstText('مرحبا'), 'مرحبا');
  assert.deepEqual(['e\u0301te', 'مَرحبا', ' \n', '…', '\u3164a'].map(firstText), ['', '', '', '', '']);
  assert.equal(firstText('😀'.repeat(3) + 'a'), '😀😀😀a');
  assert.equal(firstText(`${'x'.repeat(7_999)}😀`), 'x'.repeat(7_999));
});

test('bytes are in base64 what they were', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  assert.equal(toBase64(Uint8Array.of(0, 0)), 'AAA=');
});
