/**
 * `<written-dialog>`: a written statement instead of a spoken one, taken down for somebody who waits.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { SessionDialog } from './session_dialog.js';
import { nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

const LONGEST = 20_000;

export class WrittenDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, request: { state: true } };

  static titledBy = 'written-title';

  constructor() {
    super();
    /** @type {FloorRequest|null} */
    this.request = null;
  }

  /** @param {FloorRequest} request */
  open(request) {
    this.request = request;
    return this.show();
  }

  inside() {
    const { request } = this;
    return html`<form @submit=${this.#hand}>
      <h2 id="written-title">${_('Written statement instead')}</h2>
      <p><b>${nameOf(this.get(`person/${request?.person}`))}</b></p>
      <p class="hint">${_('It leaves the list, and the record has the statement as not delivered.')}</p>
      <label class="field"><span class="label">${request?.has_text ? _('Text (already handed in; leave empty to keep it)') : _('Text (can be left empty)')}</span>
        <textarea name="text" maxlength=${LONGEST} dir="auto" rows="8"></textarea></label>
      <div class="actions"><button type="button" @click=${this.close}>${_('Cancel')}</button><button class="act">${_('Take it as written')}</button></div>
    </form>`;
  }

  /** @param {SubmitEvent} event */
  async #hand(event) {
    event.preventDefault();
    const text = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('text')).trim();
    const answer = await this.act('floor.written', { request: this.request?.id, ...(text && { text }) });
    if (answer.ok) this.close();
  }
}

customElements.define('written-dialog', WrittenDialog);
