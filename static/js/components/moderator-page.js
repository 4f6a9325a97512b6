/**
 * `<moderator-page>`: everything that a moderator needs, on one screen.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import './connection-banner.js';
import './floor-panel.js';
import './point-of-order.js';
import './polls-panel.js';
import './primary-action.js';
import './room-controls.js';
import { SessionElement } from './session_element.js';
import './session-bar.js';
import './speakers-list.js';
import { toast } from './toast.js';

/** @typedef {import('./polls-panel.js').PollsPanel} PollsPanel */

export class ModeratorPage extends SessionElement {
  static properties = { ...SessionElement.properties, polls: { state: true } };

  static keys = ['session'];

  constructor() {
    super();
    /** Texts and polls stand in the place of the list. */
    this.polls = false;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('session')) return;
    this.session?.addEventListener('refused', (event) => {
      const { answer, awaited } = /** @type {CustomEvent} */ (event).detail;
      if (!awaited) toast(answer.message ?? '');
    });
  }

  render() {
    const { session } = this;
    if (!session.get('session')) {
      return html`<main id="main" tabindex="-1" class="loading"><p class="quiet">${_('Connecting to the session…')}</p><connection-banner .session=${session}></connection-banner></main>`;
    }
    return html`<session-bar .session=${session}></session-bar>
      <main id="main" tabindex="-1" class="desk">
        <div class="floor">
          <point-of-order .session=${session}></point-of-order>
          <floor-panel .session=${session}></floor-panel>
          <primary-action .session=${session}></primary-action>
        </div>
        <div class="side" @toggle-polls=${this.#toggle}>
          <speakers-list .session=${session} ?hidden=${this.polls}></speakers-list>
          <polls-panel .session=${session} ?hidden=${!this.polls}></polls-panel>
          <room-controls .session=${session} ?polls=${this.polls}></room-controls>
        </div>
      </main>
      <connection-banner .session=${session}></connection-banner>`;
  }

  async #toggle() {
    this.polls = !this.polls;
    await this.updateComplete;
    if (this.polls) /** @type {PollsPanel} */ (this.querySelector('polls-panel')).arrive();
    else /** @type {HTMLElement|null} */ (this.querySelector('#polls-button'))?.focus();
  }
}

customElements.define('moderator-page', ModeratorPage);
