import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';

import { Connection } from '../../static/js/live/connection.js';

const EARLIEST_MS = 500;
const LATEST_MS = 1_000;

globalThis.document ??= /** @type {any} */ ({ addEventListener: () => {}, hidden: false });

/** In place of the library's manager: what it is told of when to come back. */
class FakeManager extends EventEmitter {
  engine = new EventEmitter();

  delay = EARLIEST_MS;

  longest = 5_000;

  jitter = 0.5;

  reconnectionDelay = (/** @type {number} */ ms) => { this.delay = ms; return this; };

  reconnectionDelayMax = (/** @type {number} */ ms) => { this.longest = ms; return this; };

  randomizationFactor = (/** @type {number|undefined} */ factor) => {
    if (factor === undefined) return this.jitter;
    this.jitter = factor;
    return this;
  };

  get pace() {
    return [this.delay, this.longest, this.jitter];
  }
}

/** In place of the library's socket: joins are answered by hand, in whatever order. */
class FakeSocket extends EventEmitter {
  io = new FakeManager();

  connected = false;

  active = true;

  /** @type {((answer: any) => void)[]} */
  joins = [];

  attempts = 0;

  connect = () => { this.attempts += 1; };

  disconnect = () => {};

  timeout = () => ({
    emitWithAck: (/** @type {string} */ event) => new Promise((resolve) => {
      if (event === 'join') this.joins.push(resolve);
    }),
  });

  come() {
    this.connected = true;
    this.emit('connect');
  }

  /** @param {string} reason */
  go(reason) {
    this.connected = false;
    this.emit('disconnect', reason);
  }
}

/** @returns {Promise<void>} */
const settled = () => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });

/** @param {number} seq @returns {any} */
const snapshot = (seq) => ({ ok: true, epoch: 'e', seq, server_ms: 0, audience: 'participants', snapshot: { at: seq } });

/** @param {number} seq @returns {any} */
const patch = (seq) => ({ session: 's', epoch: 'e', seq, server_ms: 0, set: { at: seq }, unset: [] });

/** @type {FakeSocket[]} */
const open = [];

test.afterEach(() => open.splice(0).forEach((socket) => socket.go('io client disconnect')));

/** A page whose socket is moved by hand, and what its map would show in the end. */
function page() {
  const socket = new FakeSocket();
  const shown = { at: /** @type {number|null} */ (null), joined: 0 };
  const connection = new Connection('s', {
    joined: (joined) => { shown.at = joined.snapshot?.at ?? shown.at; shown.joined += 1; },
    patched: ({ set }) => { shown.at = set.at; },
    signalled: () => {},
    lost: () => {},
    refused: () => {},
  }, /** @type {any} */ (socket));
  open.push(socket);
  connection.open();
  socket.come();
  return { socket, shown, connection };
}

/** A page that is there. */
async function joined() {
  const here = page();
  here.socket.joins[0](snapshot(5));
  await settled();
  return here;
}

/** @param {FakeSocket} socket */
const rejoin = (socket) => socket.emit('signal', { session: 's', type: 'rejoin', data: {} });

/** @param {FakeSocket} socket @param {number} seconds */
const restarting = (socket, seconds) => socket.emit('signal', { session: null, type: 'restarting', data: { retry_in_seconds: seconds } });

test('what overtakes the answer to a join is shown after it', async () => {
  const { socket, shown } = page();
  socket.emit('patch', patch(6));
  socket.joins[0](snapshot(5));
  await settled();
  assert.deepEqual(shown, { at: 6, joined: 1 });
});

test('of two joins under way the later one counts, and what comes before its answer is kept', async () => {
  const { socket, shown, connection } = await joined();
  rejoin(socket);
  connection.refresh();
  socket.joins[1](snapshot(6));
  await settled();
  socket.emit('patch', patch(8)); // after the second answer was made, and on the road before it
  socket.joins[2](snapshot(7));
  await settled();
  assert.equal(shown.at, 8);
});

test('the answer to a join of before an outage is not taken for one of after it', async () => {
  const { socket, shown } = await joined();
  rejoin(socket);
  socket.go('transport close');
  socket.come();
  socket.joins[1](snapshot(6));
  await settled();
  socket.emit('patch', patch(9));
  socket.joins[2](snapshot(8));
  await settled();
  assert.equal(shown.at, 9);
});

test('a join that was not answered is tried again once, though the connection came back meanwhile', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket } = page();
  socket.joins[0](null);
  await settled();
  socket.go('transport close');
  socket.come();
  t.mock.timers.tick(LATEST_MS);
  assert.equal(socket.joins.length, 2);
  socket.joins[1](null);
  await settled();
  t.mock.timers.tick(LATEST_MS);
  assert.equal(socket.joins.length, 3);
});

test('after a restart a page comes back at its own moment, and after that at the usual pace', async () => {
  const { socket } = await joined();
  const usual = socket.io.pace;
  restarting(socket, 2.5);
  restarting(socket, 7); // said twice, the later one counts
  assert.deepEqual(socket.io.pace, [7_000, 7_000, 0]);
  socket.go('transport close');
  socket.io.emit('reconnect_attempt', 1);
  assert.deepEqual(socket.io.pace, usual);
});

test('a page comes back at its own moment also where the server closes its socket', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket } = await joined();
  const usual = socket.io.pace;
  const before = socket.attempts;
  restarting(socket, 7);
  socket.go('io server disconnect');
  t.mock.timers.tick(6_999);
  assert.equal(socket.attempts, before);
  t.mock.timers.tick(1);
  assert.equal(socket.attempts, before + 1);
  assert.deepEqual(socket.io.pace, usual); // of the attempts after this one
});

test('a page whose socket the server closes comes back soon, once', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket } = await joined();
  const before = socket.attempts;
  socket.go('io server disconnect');
  t.mock.timers.tick(EARLIEST_MS - 1);
  assert.equal(socket.attempts, before);
  t.mock.timers.tick(LATEST_MS);
  assert.equal(socket.attempts, before + 1);
});

test('a moment that was told for a restart that did not come is forgotten with the next connection', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket } = await joined();
  const usual = socket.io.pace;
  restarting(socket, 7);
  socket.go('io server disconnect');
  socket.come();
  assert.deepEqual(socket.io.pace, usual);
});
