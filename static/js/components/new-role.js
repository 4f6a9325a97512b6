/**
 * `<new-role>`: says that the reader's role has been changed, and leads to the screen of it.
 *
 * Where the page would show what the new role may not see, or lack what it may, the connection has brought the reader here
 * already (`#new-role`). Else the page stays: what is being typed on it is not taken away.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { toast } from '/static/js/components/toast.js';
import { _ } from '/static/js/lib/i18n.js';
import { roleName } from '/static/js/lib/names.js';

export class NewRole extends SessionElement {
  static properties = { ...SessionElement.properties, look: {} };

  static keys = ['me/person'];

  #said = '';

  constructor() {
    super();
    /** The class of the notice. */
    this.look = 'banner';
  }

  render() {
    const { id, newRole } = this.session;
    if (!newRole) return nothing;
    return html`<div class=${this.look}>${sentence(newRole)} <a href="/sessions/${id}">${_('Go to your screen')}</a></div>`;
  }

  updated() {
    const { newRole } = this.session;
    const role = this.get('me/person')?.role;
    if (newRole && newRole !== this.#said) say(sentence(newRole));
    this.#said = newRole;
    if (role && location.hash === '#new-role') {
      history.replaceState(null, '', location.pathname);
      toast(sentence(role));
    }
  }
}

/** @param {string} role */
function sentence(role) {
  return _('Your role has been changed: {role}.', { role: roleName(role) });
}

customElements.define('new-role', NewRole);
