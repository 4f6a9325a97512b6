import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SessionMap } from '../../static/js/live/session_map.js';

test('a snapshot replaces everything, a patch changes some', () => {
  const map = new SessionMap();
  map.replace({ list: { waiting: 1 }, 'request/a': { id: 'a' }, 'request/b': { id: 'b' }, 'me/person': { id: 'p' } });
  map.apply({ set: { 'request/c': { id: 'c' } }, unset: ['request/a', 'list'] });
  assert.deepEqual(map.values('request/'), [{ id: 'b' }, { id: 'c' }]);
  assert.deepEqual([map.get('list'), map.get('me/person'), map.get('nothing')], [undefined, { id: 'p' }, undefined]);
  map.replace({ list: { waiting: 0 } });
  assert.deepEqual([map.values('request/'), map.get('list')], [[], { waiting: 0 }]);
});

test('what is listed is the same as long as nothing in it changes', () => {
  const map = new SessionMap();
  map.replace({ 'request/a': 1, 'person/p': 1 });
  const [requests, people] = [map.values('request/'), map.values('person/')];
  map.apply({ set: { 'request/b': 2 }, unset: [] });
  assert.equal(map.values('person/'), people);
  assert.deepEqual([requests, map.values('request/')], [[1], [1, 2]]);
  map.apply({ set: {}, unset: ['request/a'] });
  assert.deepEqual(map.values('request/'), [2]);
});

test('subscribers hear once per patch, and only of what they asked for', () => {
  const map = new SessionMap();
  /** @type {string[][]} */
  const heard = [];
  const end = map.subscribe((changed) => heard.push([...changed].sort()), 'floor', 'request/');
  map.apply({ set: { 'request/a': 1, 'request/b': 2, floor: 3, 'floor/x': 4, person: 5 }, unset: ['request/z'] });
  map.apply({ set: { 'person/a': 1 }, unset: [] });
  end();
  map.apply({ set: { floor: 9 }, unset: [] });
  assert.deepEqual(heard, [['floor', 'request/a', 'request/b', 'request/z']]);
});

test('several patches of a resumption are one change', () => {
  const map = new SessionMap();
  let times = 0;
  map.subscribe(() => { times += 1; });
  map.apply({ set: { a: 1 }, unset: [] }, { set: { a: 2, b: 1 }, unset: [] }, { set: {}, unset: ['b'] });
  assert.deepEqual([times, map.get('a'), map.get('b')], [1, 2, undefined]);
});

test('a snapshot tells of what it took away', () => {
  const map = new SessionMap();
  map.replace({ 'request/a': 1, list: 1 });
  /** @type {string[]} */
  let changed = [];
  map.subscribe((keys) => { changed = [...keys]; }, 'request/');
  map.replace({ list: 2 });
  assert.deepEqual(changed, ['request/a']);
});
