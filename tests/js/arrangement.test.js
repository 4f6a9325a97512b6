import assert from 'node:assert/strict';
import { test } from 'node:test';

import { stepsTo, worthShowing } from '../../static/js/lib/arrangement.js';

test('each stands with the place that it has and the one it would have', () => {
  const steps = stepsTo(['a', 'b', 'c', 'd'], ['c', 'a', 'b', 'd'], ['c']);
  assert.deepEqual(steps.map(({ id, from, to, moves }) => [id, from, to, moves]), [['c', 3, 1, true], ['a', 1, 2, false], ['b', 2, 3, false], ['d', 4, 4, false]]);
  assert.deepEqual(worthShowing(steps), [{ id: 'c', from: 3, to: 1, moves: true }, { stay: 3 }]);
});

test('of those who keep their order, one or two in a row are named', () => {
  const steps = stepsTo(['a', 'b', 'c', 'd'], ['b', 'd', 'a', 'c'], ['d', 'a']);
  assert.deepEqual(worthShowing(steps), steps);
});

test('who joined or left since is not shown', () => {
  assert.deepEqual(stepsTo(['a', 'b'], ['gone', 'b', 'a'], ['b', 'gone']).map(({ id, to }) => [id, to]), [['b', 1], ['a', 2]]);
});

test('where nobody moves, all stay', () => {
  assert.deepEqual(worthShowing(stepsTo(['a', 'b', 'c'], ['a', 'b', 'c'], [])), [{ stay: 3 }]);
  assert.deepEqual(worthShowing([]), []);
});
