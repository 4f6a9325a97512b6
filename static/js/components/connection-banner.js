/**
 * `<connection-banner>`: says across the page that the connection is gone, that nothing is saved, or that the reader's role is another.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { readOnlySentence } from '../lib/refusals.js';
import { say } from './announcer.js';
import './new-role.js';
import { SessionElement } from './session_element.js';

export class ConnectionBanner extends SessionElement {
  #changed = () => {
    this.requestUpdate();
    const text = this.#text();
    say(text || (this.#wasReadOnly ? _('What is sent is saved again.') : _('Connected again.')));
  };

  #wasAway = false;

  #wasReadOnly = false;

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
    const { readOnly } = this.session;
    if (away || this.#wasAway || readOnly !== this.#wasReadOnly) this.#changed();
    this.#wasAway = away;
    this.#wasReadOnly = readOnly;
  }

  #text() {
    const { state, reason } = this.session;
    if (state === 'reconnecting') return _('Reconnecting… What you see may be a moment old. Places are kept.');
    if (state === 'signed_out' || state === 'moved') return reason;
    return this.session.readOnly ? readOnlySentence() : '';
  }
}

customElements.define('connection-banner', ConnectionBanner);
