import assert from 'node:assert/strict';
import { test } from 'node:test';

import { placesInSight } from '../../static/js/lib/long_lists.js';

const SIGHT = { top: 800, bottom: 1_200, row: 80, count: 300, around: 2 };

test('the rows in sight stand on the page, with some around them', () => {
  assert.deepEqual(placesInSight(SIGHT), [8, 9, 10, 11, 12, 13, 14, 15, 16]);
});

test('a list ends where it ends', () => {
  assert.deepEqual(placesInSight({ ...SIGHT, top: -500, bottom: 100 }), [0, 1, 2, 3]);
  assert.deepEqual(placesInSight({ ...SIGHT, count: 12 }), [8, 9, 10, 11]);
  assert.deepEqual(placesInSight({ ...SIGHT, count: 0 }), []);
});

test('what is in use stands there wherever it is, between its neighbours', () => {
  assert.deepEqual(placesInSight({ ...SIGHT, top: 0, bottom: 80, kept: [299, 40] }), [0, 1, 2, 39, 40, 41, 298, 299]);
});
