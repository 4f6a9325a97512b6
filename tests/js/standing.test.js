import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Standing } from '/static/js/live/standing.js';

/** @returns {{standing: Standing, told: () => number}} */
function watched() {
  let count = 0;
  return { standing: new Standing(() => { count += 1; }), told: () => count };
}

test('a full disk is told once, and that there is room again', () => {
  const { standing, told } = watched();
  standing.live();
  standing.becomeReadOnly(true);
  standing.becomeReadOnly(true);
  assert.deepEqual([standing.state, standing.readOnly, told()], ['live', true, 2]);
  standing.becomeReadOnly(false);
  assert.deepEqual([standing.readOnly, told()], [false, 3]);
});

test('whoever was away hears after joining whether the disk is still full', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { standing } = watched();
  standing.live();
  standing.becomeReadOnly(true);
  standing.lost(false);
  assert.equal(standing.readOnly, false);
  standing.becomeReadOnly(true);
  standing.live();
  assert.equal(standing.readOnly, true);
});
