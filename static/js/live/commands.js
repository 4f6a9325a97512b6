/**
 * Sends commands. What a person asks for is kept in the outbox until it has arrived; what runs the
 * room is sent now or not at all, so that no stale *Next* ever goes out. Nor is an exchange of places
 * kept: by the time it arrives, the two places may be others than those that were agreed on.
 */

import { newId } from './ids.js';

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {import('./outbox.js').Outbox} Outbox */

/** Kept until acknowledged. */
const KEPT = new Set([
  'floor.request', 'floor.change', 'floor.withdraw', 'floor.ready', 'poll.vote',
  'note.add', 'note.write', 'note.mark', 'note.move', 'note.remove', 'note.release',
  'recommendation.propose', 'recommendation.revise',
]);

export const CONFIRM_MS = 5_000;
/** How long a tap on the same button is taken for the same command. */
const SAME_TAP_MS = 30_000;

export class Commands {
  #deliver;

  #outbox;

  /** Ids of what was sent and not confirmed, by what was asked for. @type {Map<string, {id: string, at: number}>} */
  #unconfirmed = new Map();

  /**
   * @param {(command: Command, patience: number) => Promise<Answer|null>} deliver null: it is not known whether it arrived
   * @param {() => Outbox|null} outbox
   */
  constructor(deliver, outbox) {
    this.#deliver = deliver;
    this.#outbox = outbox;
  }

  /**
   * @param {string} type
   * @param {Record<string, unknown>} data
   * @param {{expect?: Record<string, unknown>, kept?: boolean}} [options] `kept`: until acknowledged, since the person asks it for themselves
   * @returns {Promise<Answer>}
   */
  async send(type, data, { expect, kept = KEPT.has(type) } = {}) {
    const command = expect ? { id: newId(), type, data, expect } : { id: newId(), type, data };
    const outbox = this.#outbox();
    if (kept && outbox) return outbox.add(command);
    return this.#sendNow(command);
  }

  /** @param {Command} command @returns {Promise<Answer>} */
  async #sendNow({ id: fresh, ...rest }) {
    const tap = JSON.stringify(rest);
    const earlier = this.#unconfirmed.get(tap);
    const id = earlier && performance.now() - earlier.at < SAME_TAP_MS ? earlier.id : fresh;
    this.#unconfirmed.set(tap, { id, at: performance.now() });
    const answer = await this.#deliver({ id, ...rest }, CONFIRM_MS);
    if (!answer) return { ok: false, code: 'not_confirmed' };
    if (answer.code !== 'not_connected') this.#unconfirmed.delete(tap);
    return answer;
  }
}
