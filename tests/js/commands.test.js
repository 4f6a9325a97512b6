import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Commands } from '../../static/js/live/commands.js';

/** Commands without a connection, and what the outbox was given. */
function cutOff() {
  /** @type {string[]} */
  const kept = [];
  const outbox = /** @type {any} */ ({ add: async (/** @type {any} */ { type }) => { kept.push(type); return { ok: true }; } });
  return { kept, commands: new Commands(async () => ({ ok: false, code: 'not_connected' }), () => outbox) };
}

test('one’s own written statement is kept until it has arrived, that of another is sent now or not at all', async () => {
  const { kept, commands } = cutOff();
  const own = await commands.send('floor.written', { request: 'r.1', text: 'Thank you.' }, { kept: true });
  const anothers = await commands.send('floor.written', { request: 'r.2' });
  assert.deepEqual([kept, own.ok, anothers.code], [['floor.written'], true, 'not_connected']);
});

test('no exchange of places and no signal from a booth goes out late', async () => {
  const { kept, commands } = cutOff();
  for (const [type, data] of /** @type {const} */ ([['floor.exchange', { request: 'r.1', with: 'r.2' }], ['floor.move', { request: 'r.1' }], ['booth.signal', { kind: 'slower' }], ['attendance.mark', { person: 'p1', present: true }]])) {
    assert.equal((await commands.send(type, data)).code, 'not_connected', type);
  }
  assert.deepEqual(kept, []);
});

test('a text for the interpreters is kept with the change that it is', async () => {
  const { kept, commands } = cutOff();
  await commands.send('floor.change', { request: 'r.1', text: 'Thank you.' });
  assert.deepEqual(kept, ['floor.change']);
});

test('what may have arrived keeps its id while there is no connection', async () => {
  /** @type {string[]} */
  const ids = [];
  const answers = [null, { ok: false, code: 'not_connected' }, { ok: true, seq: 1 }];
  const commands = new Commands(async ({ id }) => { ids.push(id); return /** @type {any} */ (answers[ids.length - 1]); }, () => null);
  for (const code of ['not_confirmed', 'not_connected', undefined]) assert.equal((await commands.send('poll.vote', { poll: 'p', option: 'yes' }, { kept: false })).code, code);
  assert.equal(new Set(ids).size, 1);
});
