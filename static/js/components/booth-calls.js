/**
 * `<booth-calls>`: what interpreters have just signalled, until it is put away or half a minute is over.
 */

import { html } from '/static/vendor/lit.js';
import { URGENT_MS, callText } from '../lib/booth_calls.js';
import { _ } from '../lib/i18n.js';
import { boothOf } from '../live/booth.js';
import { say } from './announcer.js';
import { closeIcon } from './icons.js';
import { SessionElement } from './session_element.js';

export class BoothCalls extends SessionElement {
  /** @type {import('../lib/booth_calls.js').Call|undefined} */
  #said;

  #changed = () => {
    const [newest] = this.#booth().urgent();
    if (newest && newest !== this.#said) say(callText(newest));
    this.#said = newest ?? this.#said;
    this.requestUpdate();
    if (newest) setTimeout(() => this.requestUpdate(), URGENT_MS);
  };

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session') && this.session) this.#booth().addEventListener('changed', this.#changed);
  }

  render() {
    return this.#booth().urgent().map((call) => html`<div class="notice now booth-call">
      <p><b>${callText(call)}</b></p>
      <button type="button" class="bare icon" aria-label=${_('Put away: {what}', { what: callText(call) })} @click=${() => this.#booth().putAway(call)}>${closeIcon}</button></div>`);
  }

  #booth() {
    return boothOf(this.session);
  }
}

customElements.define('booth-calls', BoothCalls);
