/**
 * `<saved-chip>`: whether everything that was tapped has arrived.
 */

import { html } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { SessionElement } from './session_element.js';

export class SavedChip extends SessionElement {
  #update = () => this.requestUpdate();

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('session')) return;
    this.session?.addEventListener('state', this.#update);
    this.session?.addEventListener('unsaved', this.#update);
  }

  render() {
    const { unsaved, state, durable } = this.session;
    if (state === 'connecting') return html`<span class="tag chip">${_('Connecting…')}</span>`;
    if (state !== 'live') return html`<span class="tag now">${unsaved ? this.#unsavedText() : _('Reconnecting…')}</span>`;
    if (!unsaved) return html`<span class="tag ready">${_('Saved')}</span>`;
    return html`<span class="tag now" title=${durable ? '' : _('Keep this page open: this browser cannot store them.')}>${this.#unsavedText()}</span>`;
  }

  #unsavedText() {
    return ngettext('{n} change not yet saved', '{n} changes not yet saved', this.session.unsaved);
  }
}

customElements.define('saved-chip', SavedChip);
