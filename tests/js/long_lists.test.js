import assert from 'node:assert/strict';
import { test } from 'node:test';

import { placesInSight, withGaps } from '../../static/js/lib/long_lists.js';

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

test('what is left out is counted', () => {
  assert.deepEqual(withGaps([0, 1, 5], 8), [{ place: 0 }, { place: 1 }, { left_out: 3 }, { place: 5 }, { left_out: 2 }]);
  assert.deepEqual(withGaps([3], 4), [{ left_out: 3 }, { place: 3 }]);
  assert.deepEqual(withGaps([], 7), [{ left_out: 7 }]);
  assert.deepEqual(withGaps([], 0), []);
});

test('nobody is lost: places and gaps make the whole list', () => {
  for (const top of [0, 799, 12_345, 23_999]) {
    const pieces = withGaps(placesInSight({ ...SIGHT, top, bottom: top + 500, kept: [7] }), SIGHT.count);
    assert.equal(pieces.reduce((sum, each) => sum + (each.left_out ?? 1), 0), SIGHT.count);
  }
});
