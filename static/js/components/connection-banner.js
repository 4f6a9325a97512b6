/**
 * `<connection-banner>`: says across the page that the connection is gone, or that the reader's role is another, and what that means.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { say } from './announcer.js';
import { newRole, newRoleSentence } from './new_role.js';
import { SessionElement } from './session_element.js';

export class ConnectionBanner extends SessionElement {
  static keys = ['me/person'];

  #changed = () => {
    this.requestUpdate();
    const text = this.#text();
    say(text || _('Connected again.'));
  };

  #wasAway = false;

  #roleSaid = '';

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session')) this.session?.addEventListener('state', () => this.#stateChanged());
  }

  render() {
    const text = this.#text();
    if (!text) return this.session.newRole ? html`<div class="banner">${newRole(this.session)}</div>` : nothing;
    const reload = ['signed_out', 'moved'].includes(this.session.state);
    return html`<div class="banner">${text} ${reload ? html`<button type="button" class="bare" @click=${() => location.reload()}>${_('Try again')}</button>` : nothing}</div>`;
  }

  updated() {
    const { newRole: role } = this.session;
    if (role && role !== this.#roleSaid) say(newRoleSentence(this.session));
    this.#roleSaid = role;
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
