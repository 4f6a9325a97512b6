/**
 * `<exchange-dialog>`: with whom somebody exchanges places, as both have told the moderator.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { findPeople } from '../lib/search.js';
import { waitingOn } from '../lib/speakers.js';
import { SessionDialog } from './session_dialog.js';
import { affiliation, nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

/** Longer lists are searched. */
const SHOWN = 30;

export class ExchangeDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, request: { state: true }, query: { state: true } };

  static titledBy = 'exchange-title';

  static look = 'add';

  static keys = ['request/'];

  constructor() {
    super();
    /** @type {FloorRequest|null} */
    this.request = null;
    this.query = '';
  }

  /** @param {FloorRequest} request */
  open(request) {
    this.request = request;
    this.query = '';
    return this.show();
  }

  inside() {
    const { request } = this;
    const name = nameText(this.get(`person/${request?.person}`));
    const others = request ? this.#others(request) : [];
    return html`<div class="inside">
      <header class="row"><h2 id="exchange-title">${_('Exchange places')}</h2><button type="button" class="bare push" @click=${this.close}>${_('Close')}</button></header>
      <p class="hint"><bdi>${name}</bdi> · ${_('Choose the other; both have to agree to it.')}</p>
      <label class="field"><span class="visually-hidden">${_('Name or organisation')}</span><input type="search" autocomplete="off" maxlength="200" placeholder=${_('Name or organisation')} .value=${this.query} @input=${this.#typed}></label>
      <ul class="results">${others.length ? others.slice(0, SHOWN).map((other) => this.#other(other)) : html`<li class="quiet small hint">${_('Nobody else waits on this list.')}</li>`}
        ${others.length > SHOWN ? html`<li class="quiet small hint">${_('More wait: type a name.')}</li>` : nothing}</ul>
    </div>`;
  }

  /** @param {FloorRequest} request @returns {(FloorRequest & {place: number})[]} */
  #others(request) {
    const all = waitingOn(this.all('request/'), request.list).map((each, index) => ({ ...each, place: index + 1 }));
    const others = all.filter((each) => each.person !== request.person);
    if (!this.query.trim()) return others;
    const found = new Set(findPeople(others.map(({ person }) => this.get(`person/${person}`)).filter(Boolean), this.query).map(({ id }) => id));
    return others.filter(({ person }) => found.has(person));
  }

  /** @param {FloorRequest & {place: number}} other */
  #other(other) {
    const person = this.get(`person/${other.person}`);
    return html`<li><button type="button" class="result" @click=${() => this.#exchange(other.id)}>
      <span class="place">${other.place}</span><span class="who"><span class="name">${nameOf(person)}</span><span class="quiet small">${affiliation(person, other.on_behalf_of)}</span></span></button></li>`;
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.query = /** @type {HTMLInputElement} */ (target).value;
  }

  /** @param {string} other */
  async #exchange(other) {
    const answer = await this.act('floor.exchange', { request: this.request?.id, with: other });
    if (answer.ok) this.close();
  }
}

customElements.define('exchange-dialog', ExchangeDialog);
