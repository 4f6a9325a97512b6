/**
 * `<connection-banner>`: says across the page that the connection is gone, or that the reader's role is another, and what that means.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { say } from './announcer.js';
import './new-role.js';
import { SessionElement } from './session_element.js';

export class ConnectionBanner extends SessionElement {
  #changed = () => {
    this.requestUpdate();
    const text = this.#text();
    say(text || _('Connected again.'));
  };

  #wasAway = false;

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session')) this.session?.addEventListener('state', () => this.#stateChanged());
  }

  render() {
    const text = this.#text();
    if (!text) return html`<new-role .session=${this.session}></new-role>`;
    const reload = ['signed_out', 'moved'].includes(this.session.state);
    return html`<div class="banner">${text} ${reload ? html`<button type="button" class="bare" @click=${() => location.reload()}>${_('Try again')}</button>` : nothing}</div>`;
  }

  #stateChanged() {
    const away = this.session.state !== 'live';
    if (away || this.#wasAway) this.#changed();
    this.#wasAway = away;
  }

  #text() {
    const { state, reason } = this.session;
    if (state === 'reconnecting') return _('Reconnecting… What you see may be a moment old. Places are kept.');
    return state === 'signed_out' || state === 'moved' ? reason : '';
  }
}

customElements.define('connection-banner', ConnectionBanner);
