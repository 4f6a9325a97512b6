/**
 * `<booth-signal kind>`: one thing that interpreters tell the moderator at a tap; then a pause, so that it stays a signal.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { boothSignalName } from '../lib/names.js';
import { refusalSentence } from '../lib/refusals.js';
import { say } from './announcer.js';
import { Sending } from './sending.js';
import { SessionElement } from './session_element.js';

const PAUSE_MS = 10_000;

export class BoothSignal extends SessionElement {
  static properties = { ...SessionElement.properties, kind: {}, sentAt: { state: true }, pausing: { state: true } };

  static keys = ['may/', 'me/person', 'programme'];

  #sending = new Sending(this);

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #pause;

  constructor() {
    super();
    this.kind = 'slower';
    /** When it reached the server last, in its milliseconds; 0: never. */
    this.sentAt = 0;
    this.pausing = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
  }

  render() {
    const whyNot = this.session.whyNot('booth.signal');
    const off = Boolean(whyNot || this.pausing || this.#sending.type);
    return html`
      <button type="button" class="big wide" aria-disabled=${off ? 'true' : nothing} aria-describedby="${this.kind}-state" @click=${() => off || this.#send()}>${boothSignalName(this.kind)}</button>
      <p class="small" id="${this.kind}-state">${this.#state(whyNot)}</p>`;
  }

  /** @param {string|null} whyNot */
  #state(whyNot) {
    if (whyNot) return refusalSentence(whyNot);
    if (this.#sending.type) return _('Sending …');
    if (this.#sending.refusal) return html`<span class="wrong">${this.#sending.refusal}</span>`;
    if (!this.sentAt) return nothing;
    const time = clockTime(this.sentAt, this.get('programme')?.time_zone ?? 'UTC');
    return this.pausing ? html`<b class="sent">✓ ${_('Sent. Again in a moment.')}</b>` : html`<span class="quiet">${_('Sent at {time}', { time })}</span>`;
  }

  async #send() {
    if (!await this.#sending.send(this.session, 'booth.signal', { kind: this.kind })) return;
    say(_('Sent: {signal}', { signal: boothSignalName(this.kind) }));
    this.sentAt = this.session.now();
    this.pausing = true;
    this.#pause = setTimeout(() => { this.pausing = false; }, PAUSE_MS);
  }
}

customElements.define('booth-signal', BoothSignal);
