import assert from 'node:assert/strict';
import test from 'node:test';
import { momentOf } from '../../static/js/lib/participant_moment.js';
import { headline } from '../../static/js/lib/participant_words.js';

const me = { id: 'me', role: 'participant' };

/** @param {string} id @param {string} rank */
const request = (id, rank, more = {}) => ({ id, person: id === 'mine' ? 'me' : id, list: 'speakers', status: 'waiting', rank, ...more });

/** A map with `others` before and after, `mine` the own requests, and whatever else is true. */
function map({ others = [], mine = [], ...keys }) {
  const waiting = [...others, ...mine].filter((each) => each.status === 'waiting');
  const values = {
    session: { status: 'open' }, 'me/person': me, 'me/requests': mine, floor: { intervention: null, interrupted: null },
    'may/participant': { 'floor.request': true }, ...keys,
  };
  return { get: (key) => values[key], values: (prefix) => (prefix === 'request/' ? waiting : []) };
}

const three = [request('a', '1'), request('b', '2'), request('c', '3')];

test('without a session there is nothing to show', () => {
  assert.equal(momentOf({ get: () => undefined, values: () => [] }).name, 'loading');
});

test('whoever may ask is asked', () => {
  assert.equal(momentOf(map({})).name, 'ask');
});

test('a list that is open before the session starts can be asked', () => {
  assert.equal(momentOf(map({ session: { status: 'scheduled' } })).name, 'ask');
});

test('why the button is off comes from the map', () => {
  const { name, why } = momentOf(map({ 'may/participant': { 'floor.request': 'list_closed' } }));
  assert.deepEqual([name, why], ['ask', 'list_closed']);
});

test('an observer follows', () => {
  assert.equal(momentOf(map({ 'may/participant': {} })).name, 'watching');
});

test('before, during a break and after, the session says so', () => {
  const off = { 'may/participant': { 'floor.request': 'session_not_open' } };
  const names = ['scheduled', 'suspended', 'closed', 'finalised'].map((status) => momentOf(map({ session: { status }, ...off })).name);
  assert.deepEqual(names, ['before', 'suspended', 'over', 'over']);
});

test('whoever was not reached is told so when the session is closed, and only then', () => {
  const off = { 'may/participant': { 'floor.request': 'session_not_open' } };
  const mine = [request('mine', '1', { status: 'not_reached', ended_at: '2' })];
  const closed = ['closed', 'finalised'].map((status) => momentOf(map({ session: { status }, mine, ...off })));
  assert.deepEqual(closed.map(({ name, request: about }) => [name, about]), [['not_reached', mine[0]], ['not_reached', mine[0]]]);
  assert.equal(headline(closed[0], 'Panel'), 'Your turn did not come · Panel');
  assert.equal(momentOf(map({ session: { status: 'suspended' }, mine, ...off })).name, 'suspended');
  assert.equal(momentOf(map({ mine })).name, 'ask');
  const heard = [request('mine', '1', { status: 'delivered' })];
  assert.equal(momentOf(map({ session: { status: 'closed' }, mine: heard, ...off })).name, 'over');
});

test('a place counts those before, and names who comes right after', () => {
  const { name, place, ahead, behind } = momentOf(map({ others: [...three, request('d', '5')], mine: [request('mine', '4')] }));
  assert.deepEqual([name, place, ahead, behind], ['waiting', 4, 3, 'd']);
});

test('two ahead, whoever speaks included, is time to get ready', () => {
  const speaks = { floor: { intervention: 'v', interrupted: null }, 'intervention/v': { person: 'x' } };
  const second = { others: [three[0]], mine: [request('mine', '2')] };
  const third = { others: three.slice(0, 2), mine: [request('mine', '3')] };
  assert.equal(momentOf(map({ ...second, ...speaks })).name, 'get_ready');
  assert.equal(momentOf(map({ ...third, ...speaks })).name, 'waiting');
  assert.equal(momentOf(map(third)).name, 'get_ready');
});

test('a held request is held, not waiting', () => {
  assert.equal(momentOf(map({ others: three, mine: [request('mine', '0', { status: 'held' })] })).name, 'held');
});

test('the floor goes before everything, and a point of order stops the own clock', () => {
  const own = { person: 'me' };
  const speaking = map({ floor: { intervention: 'v', interrupted: null }, 'intervention/v': own });
  const interrupted = map({ floor: { intervention: 'w', interrupted: 'v' }, 'intervention/v': own, 'intervention/w': { person: 'x' } });
  assert.equal(momentOf(speaking).name, 'speaking');
  assert.equal(momentOf(interrupted).name, 'interrupted');
});

test('a point of order stands beside the place on the list', () => {
  const order = request('mine', '1', { id: 'order', list: 'order' });
  const { name, beside } = momentOf(map({ others: three, mine: [order, request('mine', '4')] }));
  assert.deepEqual([name, beside], ['waiting', [order]]);
});

test('what became of the last request is told', () => {
  const last = request('mine', '1', { status: 'delivered' });
  const moment = momentOf(map({ mine: [last] }));
  assert.deepEqual([moment.name, moment.last], ['ask', last]);
});

test('a right of reply stands beside until the list of speakers is nearly through, then it is time to get ready', () => {
  const reply = request('mine', '1', { list: 'reply' });
  const far = momentOf(map({ others: three, mine: [reply] }));
  assert.deepEqual([far.name, far.beside], ['ask', [reply]]);
  const near = momentOf(map({ others: three.slice(0, 2), mine: [reply] }));
  assert.deepEqual([near.name, near.request, near.beside, near.ahead, near.behind], ['get_ready', reply, [], 2, null]);
});

test('a place on the list goes before a right of reply', () => {
  const reply = request('reply', '1', { person: 'me', list: 'reply' });
  const { name, request: about, beside } = momentOf(map({ mine: [reply, request('mine', '4')] }));
  assert.deepEqual([name, about?.id, beside], ['get_ready', 'mine', [reply]]);
});
