/**
 * What one person sends to one session: now or not at all, or kept until it has arrived.
 */

import { refusalSentence } from '../lib/refusals.js';
import { Commands } from './commands.js';
import { Outbox } from './outbox.js';
import { openOutboxStore } from './outbox_store.js';

/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('./connection.js').Connection} Connection */
/** @typedef {{changed: () => void, refused: (command: Command, answer: Answer, awaited: boolean) => void}} Tell */

export class Sender {
  #owner;

  #connection;

  #commands;

  #inOne;

  #tell;

  /** @type {Outbox|null} */
  #outbox = null;

  /**
   * @param {string} owner keeps the outboxes of a shared device apart
   * @param {Connection} connection
   * @param {Tell} tell
   * @param {import('./outbox_rules.js').InOne} [inOne]
   */
  constructor(owner, connection, tell, inOne) {
    this.#owner = owner;
    this.#connection = connection;
    this.#tell = tell;
    this.#inOne = inOne;
    const deliver = async (/** @type {Command} */ command, /** @type {number} */ patience) => (
      connection.joined ? connection.command(command, patience) : { ok: false, code: 'not_connected' });
    this.#commands = new Commands(deliver, () => this.#outbox);
  }

  /** Take up what was kept when the page was last left. */
  async load() {
    this.#outbox = new Outbox(await openOutboxStore(), this.#owner, (command) => this.#connection.command(command), this.#tell, this.#inOne);
    await this.#outbox.load();
  }

  /**
   * @param {string} type
   * @param {Record<string, unknown>} data
   * @param {{expect?: Record<string, unknown>, kept?: boolean}} options
   * @returns {Promise<Answer>} with a sentence in `message` if it is a refusal
   */
  async send(type, data, options) {
    const answer = await this.#commands.send(type, data, options);
    return answer.ok ? answer : { ...answer, message: refusalSentence(answer.code, answer.message) };
  }

  /** The commands that are not yet acknowledged, oldest first. */
  get pending() {
    return this.#outbox?.commands ?? [];
  }

  /** Whether what is unsaved outlives the page. */
  get durable() {
    return this.#outbox?.durable ?? true;
  }

  pause() {
    this.#outbox?.pause();
  }

  resume() {
    this.#outbox?.resume();
  }
}
