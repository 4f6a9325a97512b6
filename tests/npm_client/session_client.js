/**
 * A client of the protocol on the npm package `socket.io-client` as it comes: one socket, one session, one map.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';

import { io } from 'socket.io-client';

const ACK_MS = 10_000;

/**
 * Ask the HTTP door, and return the status and what it says.
 * @param {string} base
 * @param {string} path
 * @param {object} [body] sent by POST; without one it is a GET
 * @param {string} [token]
 */
export async function ask(base, path, body, token) {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(base + path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

/**
 * @param {string} base
 * @param {string} token
 * @param {'websocket'|'polling'} transport the only one that is used
 */
export function socketOf(base, token, transport) {
  return io(base, { auth: { token }, transports: [transport], upgrade: false, reconnection: false, forceNew: true });
}

export class SessionClient {
  #session;
  /** Wakes those who wait for a change. */
  #changed = () => {};

  map = {};
  patches = [];
  joined = {};

  /** @param {import('socket.io-client').Socket} socket @param {string} session */
  constructor(socket, session) {
    this.socket = socket;
    this.#session = session;
    socket.on('patch', (patch) => {
      this.patches.push(patch);
      this.#apply(patch);
      this.#changed();
    });
  }

  async connect(patienceMs = ACK_MS) {
    if (!this.socket.active) this.socket.connect();
    if (!this.socket.connected) await once(this.socket, 'connect', { signal: AbortSignal.timeout(patienceMs) });
    return this;
  }

  /** Join, from where one was with `{epoch, since, audience}`. */
  async join(more = {}) {
    this.joined = await this.emit('join', { session: this.#session, ...more });
    assert.equal(this.joined.ok, true, JSON.stringify(this.joined));
    if (this.joined.snapshot) this.map = { ...this.joined.snapshot };
    for (const patch of this.joined.patches ?? []) this.#apply(patch);
    return this;
  }

  /** Where this client is, to be given to `join` later. */
  get position() {
    const { epoch, audience, seq } = this.joined;
    return { epoch, audience, since: Math.max(seq, ...this.patches.map((patch) => patch.seq)) };
  }

  leave() {
    return this.emit('leave', { session: this.#session });
  }

  /** Send a command and return its answer. */
  send(type, data = {}, more = {}) {
    return this.emit('command', { session: this.#session, id: randomUUID(), type, data, ...more });
  }

  /** Send a command that is accepted. */
  async do(type, data, more) {
    const answer = await this.send(type, data, more);
    assert.equal(answer.ok, true, `${type}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** @param {string} event @param {object} payload */
  emit(event, payload) {
    return this.socket.timeout(ACK_MS).emitWithAck(event, payload);
  }

  /** @param {(map: object) => boolean} so */
  async until(so) {
    const deadline = AbortSignal.timeout(ACK_MS);
    while (!so(this.map)) {
      await new Promise((resolve, reject) => {
        this.#changed = resolve;
        deadline.addEventListener('abort', () => reject(new Error(`it did not become so: ${so}\n${JSON.stringify(this.map)}`)));
      });
    }
  }

  #apply({ set, unset }) {
    Object.assign(this.map, set);
    for (const key of unset) delete this.map[key];
  }
}
