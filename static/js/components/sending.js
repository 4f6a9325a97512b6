/**
 * One button's command on its way: what a component needs to say *not yet saved* and why something was refused.
 */

import { say } from '/static/js/components/announcer.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

/** @typedef {import('/static/vendor/lit.js').ReactiveControllerHost} Host */
/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */

export class Sending {
  /** @type {Host} */ #host;
  /** The type of the command under way, or ''. */
  type = '';
  /** Why the last one was refused, as a sentence, or ''. */
  refusal = '';

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {}

  /**
   * Send a command and return whether it was saved; what it changes comes with the patch.
   * @param {LiveSession} live
   * @param {string} type
   * @param {Record<string, unknown>} data
   * @param {{expect?: Record<string, unknown>, kept?: boolean}} [options]
   */
  async send(live, type, data, options = {}) {
    this.#say(type, '');
    const answer = await live.send(type, data, options);
    const refusal = answer.ok ? '' : refusalSentence(answer.code, answer.message);
    this.#say('', refusal);
    if (refusal) say(refusal);
    return answer.ok;
  }

  forget() {
    this.#say('', '');
  }

  /**
   * @param {string} type
   * @param {string} refusal
   */
  #say(type, refusal) {
    this.type = type;
    this.refusal = refusal;
    this.#host.requestUpdate();
  }
}
