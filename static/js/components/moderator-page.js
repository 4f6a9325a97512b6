/**
 * `<moderator-page>`: everything that a moderator needs, on one screen.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import './booth-calls.js';
import './connection-banner.js';
import './exchange-dialog.js';
import './floor-panel.js';
import './link-dialog.js';
import './overview-panel.js';
import './point-of-order.js';
import './polls-panel.js';
import './primary-action.js';
import './recommendation-board.js';
import './room-controls.js';
import { SessionElement } from './session_element.js';
import './session-bar.js';
import './speakers-list.js';
import './time-share.js';
import { toast } from './toast.js';
import './written-dialog.js';

/** @typedef {'list'|'polls'|'overview'} Panel what stands in the place of the list */
/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {HTMLElement & {arrive: () => void}} Arriving */

export class ModeratorPage extends SessionElement {
  static properties = { ...SessionElement.properties, panel: { state: true } };

  static keys = ['session'];

  constructor() {
    super();
    /** @type {Panel} */
    this.panel = 'list';
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
    const { session, panel } = this;
    if (!session.get('session')) {
      return html`<main id="main" tabindex="-1" class="loading"><p class="quiet">${_('Connecting to the session…')}</p><connection-banner .session=${session}></connection-banner></main>`;
    }
    return html`<session-bar .session=${session}></session-bar>
      <main id="main" tabindex="-1" class="desk" @exchange-places=${this.#exchange} @written-instead=${this.#written} @add-reply=${this.#reply} @link-guest=${this.#link} @show-panel=${this.#show}>
        <div class="column floor"><div>
          <booth-calls .session=${session}></booth-calls>
          <point-of-order .session=${session}></point-of-order>
          <floor-panel .session=${session}></floor-panel>
          <primary-action .session=${session}></primary-action>
        </div></div>
        <div class="column side"><div>
          <speakers-list .session=${session} ?hidden=${panel !== 'list'}></speakers-list>
          <polls-panel .session=${session} ?hidden=${panel !== 'polls'}></polls-panel>
          ${panel === 'overview' ? html`<overview-panel .session=${session}></overview-panel>` : nothing}
          <time-share quiet .session=${session} ?hidden=${panel === 'overview'}></time-share>
          <room-controls .session=${session} .panel=${panel}></room-controls>
        </div></div>
        <written-dialog .session=${session}></written-dialog>
        <exchange-dialog .session=${session}></exchange-dialog>
        <link-dialog .session=${session}></link-dialog>
        <recommendation-board .session=${session}></recommendation-board>
      </main>
      <connection-banner .session=${session}></connection-banner>`;
  }

  /** @param {CustomEvent<Panel>} event */
  async #show({ detail }) {
    const before = this.panel;
    this.panel = detail;
    await this.updateComplete;
    if (detail !== 'list') /** @type {Arriving} */ (this.querySelector(`${detail}-panel`)).arrive();
    else /** @type {HTMLElement|null} */ (this.querySelector(`#${before}-button`))?.focus();
  }

  /** @param {CustomEvent<FloorRequest>} event */
  #exchange({ detail }) {
    /** @type {import('./exchange-dialog.js').ExchangeDialog} */ (this.querySelector('exchange-dialog')).open(detail);
  }

  /** @param {CustomEvent<FloorRequest>} event */
  #written({ detail }) {
    /** @type {import('./written-dialog.js').WrittenDialog} */ (this.querySelector('written-dialog')).open(detail);
  }

  /** @param {CustomEvent<string>} event the guest */
  #link({ detail }) {
    /** @type {import('./link-dialog.js').LinkDialog} */ (this.querySelector('link-dialog')).open(detail);
  }

  /** @param {CustomEvent<string>} event the intervention */
  async #reply({ detail }) {
    this.panel = 'list';
    await this.updateComplete;
    /** @type {import('./add-speaker.js').AddSpeaker} */ (this.querySelector('add-speaker')).open(detail);
  }
}

customElements.define('moderator-page', ModeratorPage);
