import assert from 'node:assert/strict';
import { test } from 'node:test';

import { offeredTo, offersTo, othersOn } from '../../static/js/lib/exchanges.js';

/** @param {string} id @param {string} rank @param {object} more @returns {any} */
const request = (id, rank, more = {}) => ({ id, rank, person: `p-${id}`, list: 'speakers', status: 'waiting', ...more });

const ALL = [request('a', '1'), request('mine', '2', { person: 'me' }), request('again', '3', { person: 'me' }), request('d', '4'), request('e', '5', { status: 'held' }), request('f', '6', { list: 'reply' })];
const MAP = /** @type {any} */ ({
  get: (/** @type {string} */ key) => (key === 'person/p-d' ? { id: 'p-d', name: 'Delegate D' } : undefined),
  values: () => ALL,
});
const own = request('mine', '2', { person: 'me', offers: ['d', 'gone'], exchange_with: 'd' });

test('places are exchanged with everybody else on the list of speakers, and never with oneself', () => {
  assert.deepEqual(othersOn(MAP, own).map(({ request: { id }, place }) => [id, place]), [['a', 1], ['d', 4]]);
});

test('an offer stands with the name and the place of who makes it, as long as that one waits', () => {
  assert.deepEqual(offersTo(MAP, own).map(({ person, place }) => [person?.name, place]), [['Delegate D', 4]]);
  assert.deepEqual(offersTo(MAP, request('mine', '2')), []);
});

test('one’s own offer is to whoever it was made to, or to nobody', () => {
  assert.equal(offeredTo(MAP, own)?.request.id, 'd');
  assert.equal(offeredTo(MAP, request('mine', '2', { exchange_with: 'gone' })), null);
});
