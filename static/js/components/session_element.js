/**
 * What the screens' elements have in common: they render from the map of one session, in light DOM.
 *
 * A class names the keys it reads in `static keys`; it renders again once per patch that touches
 * them, and every second or so if it asks for that in `static ticks` (milliseconds). With `static paced`
 * it waits for its turn among what a patch changes on the page (`frames.js`), with `'first'` before the others.
 */

import { LitElement } from '/static/vendor/lit.js';
import { inItsFrame } from './frames.js';
import { quickerText } from './stale.js';
import { toast } from './toast.js';

/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */
/** @typedef {import('../lib/wire.js').Answer} Answer */

export class SessionElement extends LitElement {
  /** @type {import('/static/vendor/lit.js').PropertyDeclarations} */
  static properties = { session: { attribute: false } };

  /** Keys, or prefixes that end in a slash. @type {string[]} */
  static keys = [];

  /** Render again at this pace, for what depends on the time; 0 for never. */
  static ticks = 0;

  /** @type {boolean|'first'} */
  static paced = false;

  /** @type {(() => void)[]} */
  #endings = [];

  constructor() {
    super();
    /** @type {LiveSession} */
    // @ts-expect-error Nothing is rendered before the page has set it.
    this.session = undefined;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listen();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.#endings.splice(0)) end();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('session')) this.#listen();
  }

  /** @param {Map<PropertyKey, unknown>} _changed */
  shouldUpdate(_changed) {
    return Boolean(this.session);
  }

  /** @returns {void|Promise<unknown>} */
  scheduleUpdate() {
    const { paced } = /** @type {typeof SessionElement} */ (this.constructor);
    if (!paced || !this.hasUpdated) return super.scheduleUpdate();
    return inItsFrame(() => super.scheduleUpdate(), { first: paced === 'first' });
  }

  /** @param {string} key @returns {any} the value of a key of the map */
  get(key) {
    return this.session.get(key);
  }

  /** @param {string} prefix @returns {any[]} the values of a family of keys */
  all(prefix) {
    return [...this.session.values(prefix)];
  }

  /**
   * Send a command; a refusal is shown and said.
   * @param {string} type
   * @param {Record<string, unknown>} [data]
   * @param {{expect?: Record<string, unknown>}} [options]
   * @returns {Promise<Answer>}
   */
  async act(type, data = {}, options = {}) {
    const answer = await this.session.send(type, data, options);
    if (answer.ok) return answer;
    const quicker = answer.code === 'stale' && options.expect && 'intervention' in options.expect;
    toast(quicker ? await quickerText(this.session, options.expect?.intervention) : answer.message ?? '');
    return answer;
  }

  #listen() {
    for (const end of this.#endings.splice(0)) end();
    if (!this.session || !this.isConnected) return;
    const { keys, ticks } = /** @type {typeof SessionElement} */ (this.constructor);
    if (keys.length) this.#endings.push(this.session.subscribe(() => this.requestUpdate(), ...keys));
    if (!ticks) return;
    const timer = setInterval(() => this.requestUpdate(), ticks);
    this.#endings.push(() => clearInterval(timer));
  }
}
