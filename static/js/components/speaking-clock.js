/**
 * `<speaking-clock>`: the time left of an intervention, then the time over it.
 *
 * Touches nothing but its own text, at the moment when it changes. Fires `tick` with the countdown.
 */

import { countdown } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { writeText } from './write_text.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */

const LONGEST_PAUSE_MS = 1_000;

export class SpeakingClock extends HTMLElement {
  /** @type {LiveSession|null} */
  #session = null;

  #intervention = '';

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  #unsubscribe = () => {};

  /** @param {LiveSession} session */
  set session(session) {
    if (session === this.#session) return;
    this.#session = session;
    this.#start();
  }

  /** The id of what is measured. @param {string} id */
  set intervention(id) {
    this.#intervention = id;
    this.#show();
  }

  connectedCallback() {
    this.setAttribute('role', 'timer');
    this.#start();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #start() {
    this.#unsubscribe();
    if (!this.#session || !this.isConnected) return;
    this.#unsubscribe = this.#session.subscribe(() => this.#show(), 'intervention/', 'session');
    this.#show();
  }

  #show() {
    clearTimeout(this.#timer);
    /** @type {Intervention|undefined} */
    const intervention = this.#session?.get(`intervention/${this.#intervention}`);
    if (!intervention || !this.#session || !this.isConnected) return;
    const now = this.#session.now();
    const shown = countdown(intervention, now, this.#session.get('session')?.warning_seconds ?? 30);
    writeText(this, shown.text);
    if (this.dataset.stage !== shown.stage) {
      this.dataset.stage = shown.stage;
      this.title = shown.stage === 'over' ? _('over time') : '';
    }
    this.toggleAttribute('data-paused', shown.paused);
    this.dispatchEvent(new CustomEvent('tick', { detail: shown }));
    if (!shown.paused) this.#timer = setTimeout(() => this.#show(), Math.min(shown.changes_in + 5, LONGEST_PAUSE_MS));
  }
}

customElements.define('speaking-clock', SpeakingClock);
