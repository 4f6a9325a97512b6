import assert from 'node:assert/strict';
import { test } from 'node:test';

import { placesInSight, shiftOf } from '../../static/js/lib/long_lists.js';

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

/** @param {[number, (number|null)?][]} rows */
const shift = (...rows) => shiftOf(rows.map(([place, stands]) => ({ place, stands })));

test('when the first goes, all are shifted and none is placed anew', () => {
  assert.equal(shift([0, 1], [1, 2], [2, 3]), 1);
  assert.equal(shift([0, 2], [1, 3], [2, 4], [3]), 2);
});

test('where some stay and some move, what most of them do is done to all', () => {
  assert.equal(shift([0, 0], [1, 2], [2, 3], [3, 4]), 1);
  assert.equal(shift([0, 0], [1, 1], [2, 2], [3, 4]), 0);
});

test('rows that stand nowhere yet, or in no such list, are not shifted', () => {
  assert.equal(shift(), 0);
  assert.equal(shift([4], [5, null]), 0);
});
