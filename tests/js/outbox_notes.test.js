import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Outbox } from '../../static/js/live/outbox.js';
import { mayGo, overtaken } from '../../static/js/live/outbox_rules.js';
import { MemoryStore } from '../../static/js/live/outbox_store.js';

/** @type {(id: string, note: string, update: string) => any} */
const type = (id, note, update) => ({ id, type: 'note.text', data: { note, update, client: 7, clock: update.length } });

/** @type {(id: string, note: string, more?: object) => any} */
const add = (id, note, more = {}) => ({ id, type: 'note.add', data: { note, kind: 'gap', text: '', ...more } });

/** Two updates as one, where they are short. @type {(earlier: any, later: any) => any} */
const inOne = (earlier, later) => {
  const update = earlier.update + later.update;
  return update.length > 6 ? null : { update, client: later.client, clock: update.length };
};

/** @returns {Promise<void>} */
const settled = () => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });

/** Knows each id once. */
class Server {
  /** @type {any[]} */
  heard = [];

  /** @type {Record<string, any>} */
  refuses = {};

  /** Answers that get lost on the way back. */
  deaf = false;

  /** @type {Set<string>} */
  taken = new Set();

  send = async (/** @type {any} */ command) => {
    this.heard.push(command);
    if (this.refuses[command.id]) return { ok: false, code: this.refuses[command.id] };
    this.taken.add(command.id);
    return this.deaf ? null : { ok: true, result: {} };
  };

  get updates() {
    return this.heard.filter((each) => each.type === 'note.text').map(({ data }) => data.update);
  }
}

/** @param {Server} server */
function outboxTo(server, store = new MemoryStore()) {
  /** @type {any[]} */
  const refused = [];
  return { outbox: new Outbox(store, 'p:s', server.send, { changed: () => {}, refused: (...what) => refused.push(what) }, inOne), store, refused };
}

test('a note made and typed into without a connection arrives in two commands, and so it is kept', async () => {
  const server = new Server();
  const { outbox, store, refused } = outboxTo(server);
  const all = [outbox.add(add('1', 'n')), ...['F', 'i', 'rst'].map((text, n) => outbox.add(type(`w${n}`, 'n', text)))];
  await settled();
  assert.equal(outbox.count, 2);
  assert.deepEqual((await store.all('p:s')).map(({ command }) => command.data.update), [undefined, 'First']);
  outbox.resume();
  assert.deepEqual((await Promise.all(all)).map(({ ok }) => ok), [true, true, true, true]);
  assert.deepEqual([server.heard.map((each) => each.type), server.updates, server.heard[1].data.clock, refused], [['note.add', 'note.text'], ['First'], 5, []]);
});

test('what would be too large in one is kept in two, and nothing of the first is lost', async () => {
  const server = new Server();
  const { outbox } = outboxTo(server);
  const all = ['four', 'more', '..'].map((text, n) => outbox.add(type(`w${n}`, 'n', text)));
  await settled();
  assert.equal(outbox.count, 2);
  outbox.resume();
  await Promise.all(all);
  assert.deepEqual(server.updates, ['four', 'more..']);
});

test('what was typed into one note goes one at a time, and what is typed meanwhile goes together', async () => {
  const server = new Server();
  /** @type {(answer: unknown) => void} */
  let reply = () => {};
  const send = server.send;
  server.send = async (command) => {
    const answer = await send(command);
    if (command.id === 'a') await new Promise((resolve) => { reply = resolve; });
    return answer;
  };
  const { outbox } = outboxTo(server);
  outbox.resume();
  const all = [outbox.add(type('a', 'n', 'One'))];
  await settled();
  all.push(outbox.add(type('b', 'n', 'Two')), outbox.add(type('c', 'n', '!')), outbox.add(type('d', 'm', 'Else')));
  await settled();
  assert.deepEqual(server.updates, ['One', 'Else']);
  reply(null);
  assert.deepEqual((await Promise.all(all)).map(({ ok }) => ok), [true, true, true, true]);
  assert.deepEqual(server.updates, ['One', 'Else', 'Two!']);
});

test('what is sent while what follows it is being stored stays, and goes with it once more', async () => {
  const server = new Server();
  const { outbox, refused } = outboxTo(server);
  outbox.resume();
  const all = [outbox.add(type('a', 'n', 'One'))];
  await Promise.resolve();
  all.push(outbox.add(type('b', 'n', '+')));
  assert.deepEqual((await Promise.all(all)).map(({ ok }) => ok), [true, true]);
  assert.deepEqual([server.updates, refused], [['One', 'One+'], []]);
});

test('what may have been sent goes again as it was, with its own id, also after a reload', async () => {
  const server = new Server();
  const store = new MemoryStore();
  const closed = outboxTo(server, store);
  server.deaf = true;
  closed.outbox.resume();
  closed.outbox.add(type('a', 'n', 'One'));
  await settled();
  closed.outbox.pause();
  server.deaf = false;
  const { outbox, refused } = outboxTo(server, store);
  await outbox.load();
  const second = outbox.add(type('b', 'n', '+'));
  await settled();
  assert.equal(outbox.count, 2);
  outbox.resume();
  assert.equal((await second).ok, true);
  assert.deepEqual([server.heard.map(({ id }) => id), server.updates, refused, await store.all('p:s')], [['a', 'a', 'b'], ['One', 'One', '+'], [], []]);
});

test('what was refused is not tried again, and is told once', async () => {
  const server = new Server();
  server.refuses = { a: 'too_large' };
  const { outbox, refused } = outboxTo(server);
  outbox.resume();
  assert.equal((await outbox.add(type('a', 'n', 'One'))).code, 'too_large');
  assert.deepEqual([server.updates, outbox.count, refused.length], [['One'], 0, 1]);
});

test('nothing about a note, and nothing that stands behind it or is made of it, goes before the note itself', () => {
  const made = add('1', 'n');
  /** @type {(type: string, data: object) => any} */
  const other = (name, data) => ({ id: 'x', type: name, data });
  assert.equal(mayGo(other('note.mark', { note: 'n' }), [made]), false);
  assert.equal(mayGo(add('2', 'm', { after: 'n' }), [made]), false);
  assert.equal(mayGo(other('recommendation.propose', { recommendation: 'r', note: 'n' }), [made]), false);
  assert.equal(mayGo(add('2', 'm'), [made]), true);
  assert.equal(mayGo(other('floor.request', { kind: 'statement' }), [made]), true);
  assert.equal(mayGo(other('recommendation.propose', { recommendation: 'r', note: 'n' }), [type('w', 'n', 't')]), true);
});

test('what was typed is not made one across something else that was done to the note meanwhile', () => {
  /** @type {(command: any) => any} */
  const kept = (command) => ({ command, sent: false, tries: 0 });
  const [text, mark] = [kept(type('a', 'n', 'One')), kept({ id: 'm', type: 'note.mark', data: { note: 'n' } })];
  assert.deepEqual(overtaken(type('b', 'n', 'Two'), [text]), [text]);
  assert.deepEqual(overtaken(type('b', 'n', 'Two'), [text, mark]), []);
  assert.deepEqual(overtaken(type('b', 'm', 'Two'), [text]), []);
  assert.deepEqual(overtaken(type('b', 'n', 'Two'), [{ ...text, tries: 1 }]), []);
});

test('two revisions of a recommendation are two versions, the second over the first', async () => {
  /** @type {any[]} */
  const heard = [];
  const outbox = new Outbox(new MemoryStore(), 'p:s', async (command) => {
    heard.push([command.type, command.expect?.version]);
    return { ok: true, result: command.expect ? { version: String(Number(command.expect.version) + 1) } : {} };
  }, { changed: () => {}, refused: () => {} });
  const revise = (/** @type {string} */ id) => outbox.add({ id, type: 'recommendation.revise', data: { recommendation: 'r', text: id }, expect: { version: 1 } });
  const all = [outbox.add({ id: 'p', type: 'recommendation.propose', data: { recommendation: 'r', text: 'p' } }), revise('a'), revise('b')];
  await settled();
  outbox.resume();
  await Promise.all(all);
  assert.deepEqual(heard, [['recommendation.propose', undefined], ['recommendation.revise', 1], ['recommendation.revise', 2]]);
});

test('of two positions on one text that were never sent only the last goes; one that was tried is not overtaken', () => {
  /** @type {(id: string, more?: object) => any} */
  const take = (id, more = {}) => ({ id, type: 'recommendation.position', data: { recommendation: 'r', position: 'reserves', ...more } });
  const kept = { command: take('a'), sent: false, tries: 0 };
  assert.deepEqual(overtaken(take('b', { position: 'supports' }), [kept]), [kept]);
  assert.deepEqual(overtaken(take('b', { recommendation: 'other' }), [kept]), []);
  assert.deepEqual(overtaken(take('b', { person: 'somebody' }), [kept]), []);
  assert.deepEqual(overtaken(take('b'), [{ ...kept, tries: 1 }]), []);
});
