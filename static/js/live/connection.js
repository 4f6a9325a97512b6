/**
 * The road to the server: one Socket.IO connection that joins one session and stays joined.
 *
 * Told what happens through `Listener`. Patches that overtake the answer to `join` wait for it.
 * The cookie says who we are, so no token passes through JavaScript.
 */

import { io } from '/static/vendor/socket.io-client.js';
import { Comeback, USUAL_PACE, laterMs, soonMs } from './comeback.js';
import { Pulse } from './pulse.js';

/** @typedef {import('../lib/wire.js').Patch} Patch */
/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {{epoch: string, seq: number, audience: string}} Position what the map reflects */
/** @typedef {{ok: true, epoch: string, seq: number, server_ms: number, audience: string, snapshot?: Record<string, any>, patches?: Patch[]}} Joined */

/**
 * @typedef {object} Listener
 * @property {(joined: Joined, sent: number) => void} joined
 * @property {(patch: Patch) => void} patched
 * @property {(type: string, data: any) => void} signalled
 * @property {(silent?: boolean) => void} lost `silent`: it has been waited for in vain already
 * @property {(code: string, message: string|undefined) => void} refused for good, until somebody acts
 */

const ANSWER_MS = 10_000;
const FINAL = new Set(['not_signed_in', 'revoked', 'not_allowed', 'not_found']);

const makeSocket = () => io({ autoConnect: false, transports: ['websocket', 'polling'], tryAllTransports: true, ...USUAL_PACE });

export class Connection {
  #session;

  #listener;

  #socket;

  /** When to try again. */
  #comeback;

  /** @type {Position|null} */
  #position = null;

  /** @type {Patch[]|null} patches that came while joining; null when joined */
  #early = [];

  #joined = false;

  #wanted = true;

  /** How often a join was begun, or what was under way came to nothing: the answer to the last one alone counts. */
  #joins = 0;

  #pulse = new Pulse({
    ask: () => this.ask('clock', {}),
    silent: () => this.#fellSilent(),
    hidden: () => document.hidden,
    now: () => performance.now(),
  });

  /** @param {string} session @param {Listener} listener */
  constructor(session, listener, socket = makeSocket()) {
    this.#session = session;
    this.#listener = listener;
    this.#socket = socket;
    this.#comeback = new Comeback(socket.io);
    this.#socket.on('connect', () => this.#connected());
    this.#socket.on('disconnect', (reason) => this.#lost(reason));
    this.#socket.on('connect_error', (error) => this.#refused(error));
    this.#socket.on('patch', (patch) => this.#patched(patch));
    this.#socket.on('signal', (signal) => this.#signalled(signal));
  }

  open() {
    document.addEventListener('visibilitychange', () => document.hidden || this.#pulse.look());
    this.#socket.connect();
  }

  close() {
    this.#socket.disconnect();
  }

  /** Have everything sent anew: now, or when the connection is back. */
  refresh() {
    this.#position = null;
    if (this.#joined) this.#join(null);
  }

  get joined() {
    return this.#joined;
  }

  /**
   * Send `payload` and return the answer, or null if there was none within `patience` milliseconds.
   * Nothing waits in a buffer: without a connection the answer is null at once.
   * @param {string} event
   * @param {object} payload
   * @returns {Promise<any>}
   */
  async ask(event, payload, patience = ANSWER_MS) {
    if (!this.#socket.connected) return null;
    return this.#socket.timeout(patience).emitWithAck(event, payload).catch(() => null);
  }

  /** @param {Command} command @returns {Promise<Answer|null>} */
  command(command, patience = ANSWER_MS) {
    return this.ask('command', { session: this.#session, ...command }, patience);
  }

  #connected() {
    this.#socket.io.engine.on('packet', () => this.#pulse.heard());
    this.#comeback.atUsualPace();
    this.#pulse.start();
    this.#join(this.#position);
  }

  /** @param {Position|null} position from which on patches are wanted */
  async #join(position) {
    this.#early = [];
    const join = this.#joins += 1;
    const sent = performance.now();
    const since = position && { epoch: position.epoch, since: position.seq, audience: position.audience };
    const answer = await this.ask('join', { session: this.#session, ...since });
    if (join !== this.#joins) return;
    if (!answer) return this.#again(join);
    this.#pulse.answered(sent);
    if (!answer.ok) return FINAL.has(answer.code) ? this.#stop(answer) : this.#again(join);
    const early = (this.#early ?? []).filter((patch) => patch.epoch === answer.epoch && patch.seq >= answer.seq);
    [this.#early, this.#joined] = [null, true];
    // Another role has another screen.
    if (this.#position && this.#position.audience !== answer.audience) return void location.assign(`/sessions/${encodeURIComponent(this.#session)}#new-role`);
    this.#position = { epoch: answer.epoch, seq: answer.seq, audience: answer.audience };
    this.#listener.joined(answer, sent);
    for (const patch of early) this.#patched(patch);
  }

  /** Try to join again, unless that has been done meanwhile: when the connection came back, or another role. @param {number} join */
  #again(join) {
    setTimeout(() => join === this.#joins && this.#join(this.#position), soonMs());
  }

  /** @param {Patch} patch */
  #patched(patch) {
    if (patch.session !== this.#session) return;
    if (this.#early) return void this.#early.push(patch);
    if (!this.#position || patch.epoch !== this.#position.epoch) return void this.#join(null);
    this.#position.seq = patch.seq;
    this.#listener.patched(patch);
  }

  /** @param {{session?: string, type: string, data: any}} signal */
  #signalled({ session, type, data }) {
    if (session && session !== this.#session) return;
    if (type === 'rejoin') return void this.#join(null);
    if (type === 'restarting') return this.#comeback.waitFor(data.retry_in_seconds);
    if (type === 'signed_out') this.#stop({ code: 'revoked' });
    else this.#listener.signalled(type, data);
  }

  /** Nothing comes, and nothing is closed. What was sent is in nobody's hands: begin anew. */
  #fellSilent() {
    this.#listener.lost(true);
    this.#socket.io.engine.close();
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#pulse.stop();
    this.#joins += 1;
    [this.#early, this.#joined] = [[], false];
    this.#listener.lost();
    // The library takes this one for our own wish and does not come back by itself.
    if (reason === 'io server disconnect') this.#connectIn(this.#comeback.momentMs());
  }

  /** @param {number} ms */
  #connectIn(ms) {
    setTimeout(() => this.#wanted && this.#socket.connect(), ms);
  }

  /** @param {any} error of a refused handshake, or of no network: then the library tries again by itself */
  #refused(error) {
    const { code, message } = error.data ?? (typeof error.message === 'object' ? error.message : {});
    if (FINAL.has(code)) return this.#stop({ code, message });
    // Sockets of ours that a lost network left behind make room within seconds.
    if (code === 'too_many_connections') this.#listener.refused(code, message);
    else this.#listener.lost();
    if (!this.#socket.active) this.#connectIn(laterMs());
  }

  /** @param {{code: string, message?: string}} refusal */
  #stop({ code, message }) {
    this.#wanted = false;
    this.#joined = false;
    this.#listener.refused(code, message);
    this.#socket.disconnect();
  }
}
