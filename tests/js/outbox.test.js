import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Commands } from '../../static/js/live/commands.js';
import { newId } from '../../static/js/live/ids.js';
import { Outbox } from '../../static/js/live/outbox.js';
import { MemoryStore } from '../../static/js/live/outbox_store.js';

/** A server that answers as it is told, and remembers what reached it. */
class FakeServer {
  /** @type {string[]} */
  heard = [];

  /** @type {((id: string) => any)} */
  answer = () => ({ ok: true, seq: 1 });

  send = async (/** @type {any} */ command) => {
    this.heard.push(command.id);
    return this.answer(command.id);
  };
}

/** @param {FakeServer} server */
function outboxTo(server, store = new MemoryStore(), owner = 'p1:s1') {
  /** @type {any[]} */
  const refused = [];
  const outbox = new Outbox(store, owner, server.send, { changed: () => {}, refused: (...what) => refused.push(what) });
  return { outbox, store, refused };
}

/** @param {string} id @returns {any} */
function command(id) {
  return { id, type: 'floor.withdraw', data: { request: 'r.1' } };
}

/** @returns {Promise<void>} */
const settled = () => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });

test('what is added without a connection is kept, and sent in order once there is one', async () => {
  const server = new FakeServer();
  const { outbox, store } = outboxTo(server);
  const answers = ['a', 'b', 'c'].map((id) => outbox.add(command(id)));
  await settled();
  assert.deepEqual([server.heard, outbox.count, (await store.all('p1:s1')).length], [[], 3, 3]);
  outbox.resume();
  assert.deepEqual((await Promise.all(answers)).map(({ ok }) => ok), [true, true, true]);
  assert.deepEqual([server.heard, outbox.count, await store.all('p1:s1')], [['a', 'b', 'c'], 0, []]);
});

test('what was sent and not answered is sent again with the same id after a reconnect', async () => {
  const server = new FakeServer();
  const { outbox } = outboxTo(server);
  server.answer = () => null;
  outbox.resume();
  const answer = outbox.add(command('a'));
  await settled();
  outbox.pause();
  server.answer = () => ({ ok: true, seq: 2 });
  outbox.resume();
  assert.equal((await answer).seq, 2);
  assert.deepEqual([...new Set(server.heard)], ['a']);
});

test('a page that comes later sends what an earlier one left, but never what somebody else left', async () => {
  const store = new MemoryStore();
  const closed = outboxTo(new FakeServer(), store);
  closed.outbox.add(command('mine'));
  outboxTo(new FakeServer(), store, 'p2:s1').outbox.add(command('theirs'));
  await settled();
  const server = new FakeServer();
  const { outbox } = outboxTo(server, store);
  await outbox.load();
  assert.equal(outbox.count, 1);
  outbox.resume();
  await settled();
  assert.deepEqual([server.heard, outbox.count, (await store.all('p2:s1')).length], [['mine'], 0, 1]);
});

test('a refusal drops the command and says so', async () => {
  const server = new FakeServer();
  const { outbox, store, refused } = outboxTo(server);
  server.answer = () => ({ ok: false, code: 'list_closed', message: 'Closed.' });
  outbox.resume();
  const answer = await outbox.add(command('a'));
  assert.equal(answer.code, 'list_closed');
  assert.deepEqual([outbox.count, await store.all('p1:s1'), refused[0][0].id, refused[0][2]], [0, [], 'a', true]);
});

test('rate_limited and not_recorded wait, and then everything from there on is sent again in order', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const clock = mock.method(performance, 'now', () => at);
  let at = 0;
  const server = new FakeServer();
  const { outbox, refused } = outboxTo(server);
  server.answer = (id) => (id === 'b' && at === 0 ? { ok: false, code: 'not_recorded' } : id === 'c' && at === 0 ? null : { ok: true });
  const answers = ['a', 'b', 'c'].map((id) => outbox.add(command(id)));
  await settled();
  outbox.resume();
  await settled();
  assert.deepEqual([server.heard, outbox.count], [['a', 'b', 'c'], 2]);
  at = 1_100;
  mock.timers.tick(1_100);
  await settled();
  await Promise.all(answers);
  assert.deepEqual([server.heard, outbox.count, refused], [['a', 'b', 'c', 'b', 'c'], 0, []]);
  clock.mock.restore();
  mock.timers.reset();
});

test('no more are unanswered at a time than the server takes, and no faster than its bucket refills', async () => {
  const server = new FakeServer();
  const { outbox } = outboxTo(server);
  server.answer = () => new Promise(() => {});
  for (let n = 0; n < 40; n += 1) outbox.add(command(`c${n}`));
  await settled();
  outbox.resume();
  await settled();
  assert.equal(server.heard.length, 12);
  outbox.pause();

  const quick = new FakeServer();
  const { outbox: paced } = outboxTo(quick);
  for (let n = 0; n < 40; n += 1) paced.add(command(`c${n}`));
  await settled();
  paced.resume();
  await settled();
  await settled();
  paced.pause();
  assert.ok(quick.heard.length <= 21, `${quick.heard.length} at once`);
});

test('a command that is never answered is given up in the end, and says so', async () => {
  const server = new FakeServer();
  const { outbox, refused } = outboxTo(server);
  server.answer = () => null;
  let at = performance.now();
  const clock = mock.method(performance, 'now', () => at);
  outbox.add(command('poison'));
  await settled();
  for (let round = 0; round < 30 && outbox.count; round += 1) {
    at += 10_000;
    outbox.resume();
    await settled();
    outbox.pause();
  }
  clock.mock.restore();
  assert.deepEqual([outbox.count, refused[0][1].code], [0, 'unexpected']);
});

test('what runs the room is sent now or not at all, and tapping again sends the same id', async () => {
  /** @type {any[]} */
  const sent = [];
  /** @type {any} */
  let answer = null;
  const commands = new Commands(async (each) => { sent.push(each); return answer; }, () => null);
  const options = { expect: { intervention: null } };
  assert.equal((await commands.send('floor.next', {}, options)).code, 'not_confirmed');
  answer = { ok: true, seq: 4 };
  assert.equal((await commands.send('floor.next', {}, options)).seq, 4);
  await commands.send('floor.next', {}, options);
  assert.equal(sent[0].id, sent[1].id);
  assert.notEqual(sent[1].id, sent[2].id);
  assert.deepEqual(sent[0].expect, { intervention: null });
});

test('another tap is another command', async () => {
  /** @type {string[]} */
  const ids = [];
  const commands = new Commands(async ({ id }) => { ids.push(id); return null; }, () => null);
  await commands.send('floor.extend', { seconds: 30 });
  await commands.send('floor.extend', { seconds: 60 });
  assert.notEqual(ids[0], ids[1]);
});

test('what a person asks for goes through the outbox', async () => {
  const server = new FakeServer();
  const { outbox } = outboxTo(server);
  const commands = new Commands(async () => ({ ok: false, code: 'not_connected' }), () => outbox);
  const answer = commands.send('floor.request', { kind: 'statement' });
  await settled();
  assert.deepEqual([outbox.count, server.heard], [1, []]);
  outbox.resume();
  assert.equal((await answer).ok, true);
  assert.equal((await commands.send('floor.give', { request: 'r.1' })).code, 'not_connected');
});

test('of the answers to one poll that have not gone out only the newest goes, and all who wait for one hear of it', async () => {
  const server = new FakeServer();
  const { outbox, store } = outboxTo(server);
  const answer = (/** @type {string} */ id, /** @type {string} */ poll) => outbox.add(/** @type {any} */ ({ id, type: 'poll.vote', data: { poll, option: id } }));
  const answers = [answer('first', 'p.1'), answer('other', 'p.2'), answer('second', 'p.1')];
  await settled();
  assert.deepEqual([outbox.count, (await store.all('p1:s1')).map(({ command: { id } }) => id)], [2, ['other', 'second']]);
  outbox.resume();
  assert.deepEqual((await Promise.all(answers)).map(({ ok }) => ok), [true, true, true]);
  assert.deepEqual([server.heard, outbox.count], [['other', 'second'], 0]);
});

test('an answer to a poll that is under way is not taken back: the newer one follows it', async () => {
  const server = new FakeServer();
  /** @type {(answer: any) => void} */
  let reply = () => {};
  server.answer = (id) => (id === 'first' ? new Promise((resolve) => { reply = resolve; }) : { ok: true });
  const { outbox } = outboxTo(server);
  outbox.resume();
  for (const id of ['first', 'second']) outbox.add(/** @type {any} */ ({ id, type: 'poll.vote', data: { poll: 'p.1', option: id } }));
  await settled();
  reply({ ok: true });
  await settled();
  assert.deepEqual([server.heard, outbox.count], [['first', 'second'], 0]);
});

test('ids are those that the protocol takes, and never the same', () => {
  const ids = Array.from({ length: 200 }, newId);
  assert.equal(new Set(ids).size, 200);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{22}$/);
});
