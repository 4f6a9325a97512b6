import assert from 'node:assert/strict';
import { test } from 'node:test';

import { paragraphsOf } from '../../static/js/lib/paragraphs.js';

test('blank lines divide, and line breaks within a paragraph stay', () => {
  assert.deepEqual(paragraphsOf('One\nstill one\n\n\n Two \n \t\nThree'), ['One\nstill one', 'Two', 'Three']);
});

test('without blank lines each line is one', () => {
  assert.deepEqual(paragraphsOf('One\r\nTwo\rThree\u2028Four'), ['One', 'Two', 'Three', 'Four']);
});

test('one line is one, and nothing is none', () => {
  assert.deepEqual([paragraphsOf(' One. '), paragraphsOf(' \n '), paragraphsOf('')], [['One.'], [], []]);
});
