import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Outbox } from '../../static/js/live/outbox.js';
import { mayGo, overtaken } from '../../static/js/live/outbox_rules.js';
import { MemoryStore } from '../../static/js/live/outbox_store.js';

/** @type {(id: string, note: string, text: string, version: number) => any} */
const write = (id, note, text, version) => ({ id, type: 'note.write', data: { note, text }, expect: { version } });

/** @type {(id: string, note: string, more?: object) => any} */
const add = (id, note, more = {}) => ({ id, type: 'note.add', data: { note, kind: 'gap', text: '', ...more } });

/** @returns {Promise<void>} */
const settled = () => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });

/** A server with notes: knows each id once, versions as the real one. */
class NoteServer {
  /** @type {any[]} */
  heard = [];

  /** @type {Map<string, {text: string, version: number}>} */
  notes = new Map();

  /** @type {Map<string, any>} */
  #answers = new Map();

  /** Answers that get lost on the way back. */
  deaf = false;

  send = async (/** @type {any} */ command) => {
    this.heard.push(command);
    const answer = this.#answers.get(command.id) ?? this.#answer(command);
    if (answer.ok) this.#answers.set(command.id, answer);
    return this.deaf ? null : answer;
  };

  /** @param {any} command */
  #answer({ type, data, expect }) {
    const note = this.notes.get(data.note);
    if (type === 'note.add') {
      if (note) return { ok: false, code: 'id_in_use' };
      this.notes.set(data.note, { text: data.text, version: 1 });
      return { ok: true, result: { note: data.note } };
    }
    if (!note) return { ok: false, code: 'not_found' };
    if (type !== 'note.write') return { ok: true };
    if (expect.version !== note.version) return { ok: false, code: 'stale' };
    if (data.text === note.text) return { ok: true };
    this.notes.set(data.note, { text: data.text, version: note.version + 1 });
    return { ok: true, result: { version: note.version + 1 } };
  }
}

/** @param {NoteServer} server */
function outboxTo(server, store = new MemoryStore()) {
  /** @type {any[]} */
  const refused = [];
  return { outbox: new Outbox(store, 'p:s', server.send, { changed: () => {}, refused: (...what) => refused.push(what) }), store, refused };
}

test('a note made and written without a connection arrives as it was last typed, in two commands', async () => {
  const server = new NoteServer();
  const { outbox, refused } = outboxTo(server);
  const all = [outbox.add(add('1', 'n')), ...['F', 'Fi', 'First'].map((text, n) => outbox.add(write(`w${n}`, 'n', text, 1)))];
  await settled();
  assert.equal(outbox.count, 2);
  outbox.resume();
  assert.deepEqual((await Promise.all(all)).map(({ ok }) => ok), [true, true, true, true]);
  assert.deepEqual([server.heard.map(({ type }) => type), server.notes.get('n'), refused], [['note.add', 'note.write'], { text: 'First', version: 2 }, []]);
});

test('texts of one note go one at a time, each over the version that the answer before it gave', async () => {
  const server = new NoteServer();
  server.notes.set('n', { text: 'Old', version: 7 });
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
  const all = [outbox.add(write('a', 'n', 'One', 7))];
  await settled();
  all.push(outbox.add(write('b', 'n', 'Two', 7)), outbox.add(write('c', 'n', 'Three', 7)));
  await settled();
  reply(null);
  assert.deepEqual((await Promise.all(all)).map(({ ok }) => ok), [true, true, true]);
  assert.deepEqual(server.heard.map(({ expect }) => expect.version), [7, 8]);
  assert.deepEqual(server.notes.get('n'), { text: 'Three', version: 9 });
});

test('a text that is being stored while the one before it is answered follows it all the same', async () => {
  const server = new NoteServer();
  server.notes.set('n', { text: 'Old', version: 7 });
  const { outbox, refused } = outboxTo(server);
  outbox.resume();
  const all = [outbox.add(write('a', 'n', 'One', 7))];
  await Promise.resolve();
  all.push(outbox.add(write('b', 'n', 'Two', 7)));
  assert.deepEqual((await Promise.all(all)).map(({ ok }) => ok), [true, true]);
  assert.deepEqual([server.notes.get('n'), refused], [{ text: 'Two', version: 9 }, []]);
});

test('a text whose answer was lost is not overtaken: it goes again with its own id, and the next follows it', async () => {
  const server = new NoteServer();
  server.notes.set('n', { text: 'Old', version: 1 });
  const { outbox, refused } = outboxTo(server);
  server.deaf = true;
  outbox.resume();
  const first = outbox.add(write('a', 'n', 'One', 1));
  await settled();
  outbox.pause();
  server.deaf = false;
  const second = outbox.add(write('b', 'n', 'Two', 1));
  await settled();
  outbox.resume();
  assert.deepEqual([(await first).ok, (await second).ok, server.notes.get('n'), refused], [true, true, { text: 'Two', version: 3 }, []]);
  assert.deepEqual(server.heard.map(({ id }) => id), ['a', 'a', 'b']);
});

test('a page that is loaded anew does not change what the one before may have sent', async () => {
  const server = new NoteServer();
  server.notes.set('n', { text: 'Old', version: 1 });
  const store = new MemoryStore();
  const closed = outboxTo(server, store);
  server.deaf = true;
  closed.outbox.resume();
  closed.outbox.add(write('a', 'n', 'One', 1));
  await settled();
  closed.outbox.pause();
  server.deaf = false;
  const { outbox, refused } = outboxTo(server, store);
  await outbox.load();
  const second = outbox.add(write('b', 'n', 'One and more', 1));
  await settled();
  assert.equal(outbox.count, 2);
  outbox.resume();
  assert.deepEqual([(await second).ok, server.notes.get('n'), refused, await store.all('p:s')], [true, { text: 'One and more', version: 3 }, [], []]);
});

test('a text that somebody else overtook is refused, and so is what was typed after it; neither is tried again', async () => {
  const server = new NoteServer();
  server.notes.set('n', { text: 'Theirs', version: 5 });
  const { outbox, refused } = outboxTo(server);
  outbox.resume();
  const answers = [outbox.add(write('a', 'n', 'Mine', 4)), outbox.add(write('b', 'n', 'Mine, longer', 4))];
  assert.deepEqual((await Promise.all(answers)).map(({ code }) => code), ['stale', 'stale']);
  assert.deepEqual([server.notes.get('n')?.text, outbox.count, refused.map(([{ data }]) => data.text)], ['Theirs', 0, ['Mine', 'Mine, longer']]);
});

test('nothing about a note, and nothing that stands behind it or is made of it, goes before the note itself', () => {
  const made = add('1', 'n');
  /** @type {(type: string, data: object) => any} */
  const other = (type, data) => ({ id: 'x', type, data });
  assert.equal(mayGo(other('note.mark', { note: 'n' }), [made]), false);
  assert.equal(mayGo(add('2', 'm', { after: 'n' }), [made]), false);
  assert.equal(mayGo(other('recommendation.propose', { recommendation: 'r', note: 'n' }), [made]), false);
  assert.equal(mayGo(add('2', 'm'), [made]), true);
  assert.equal(mayGo(other('floor.request', { kind: 'statement' }), [made]), true);
  assert.equal(mayGo(other('recommendation.propose', { recommendation: 'r', note: 'n' }), [write('w', 'n', 't', 1)]), true);
});

test('a text is not overtaken across something else that was done to the note meanwhile', () => {
  /** @type {(command: any) => any} */
  const kept = (command) => ({ command, sent: false, tries: 0 });
  const [text, mark] = [kept(write('a', 'n', 'One', 1)), kept({ id: 'm', type: 'note.mark', data: { note: 'n' } })];
  assert.deepEqual(overtaken(write('b', 'n', 'Two', 1), [text]), [text]);
  assert.deepEqual(overtaken(write('b', 'n', 'Two', 1), [text, mark]), []);
  assert.deepEqual(overtaken(write('b', 'm', 'Two', 1), [text]), []);
  assert.deepEqual(overtaken(write('b', 'n', 'Two', 1), [{ ...text, tries: 1 }]), []);
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
