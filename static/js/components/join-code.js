/**
 * `<join-code>`: how to come in with one's own phone: address, code and QR code.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { spaced } from '../lib/join_code.js';
import { SessionElement } from './session_element.js';

const AGAIN_MS = 30_000;

export class JoinCode extends SessionElement {
  static properties = { join: { state: true }, how: { attribute: false } };

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  constructor() {
    super();
    /** @type {{code: string, url: string}|null} */
    this.join = null;
    /** What the phone is for. @type {string|undefined} */
    this.how = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    if (!this.join) return nothing;
    const { code, url } = this.join;
    return html`<section class="join">
      <p class="how">${this.how ?? _('Ask for the floor on your phone')}</p>
      <p class="address"><span>${new URL(url, location.href).host}</span><b>${spaced(code)}</b></p>
      <img src="/api/join.svg" alt=${_('QR code to join')}>
    </section>`;
  }

  async #load() {
    const answer = await fetch('/api/me', { headers: { Accept: 'application/json' } }).catch(() => null);
    const me = answer?.ok ? await answer.json() : null;
    this.join = me?.join ?? this.join;
    // The room may be set up before the server is there.
    if (!answer) this.#timer = setTimeout(() => this.#load(), AGAIN_MS);
  }
}

customElements.define('join-code', JoinCode);
