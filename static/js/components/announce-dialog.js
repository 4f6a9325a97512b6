/**
 * `<announce-dialog>`: what is said to everybody in the session, and on the room display.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { SessionDialog } from './session_dialog.js';

const LONGEST_TEXT = 500;

export class AnnounceDialog extends SessionDialog {
  static titledBy = 'announce-title';

  /** What was typed and not sent stays. */
  #draft = '';

  open() {
    return this.show();
  }

  inside() {
    return html`<form @submit=${this.#announce}>
      <h2 id="announce-title">${_('Announcement')}</h2>
      <label class="field"><span class="label">${_('To everybody in the session')}</span><textarea name="text" required maxlength=${LONGEST_TEXT} dir="auto" autofocus .value=${this.#draft} @input=${this.#write}></textarea></label>
      <label class="check"><input type="checkbox" name="display" checked> ${_('Also show it on the room display')}</label>
      <div class="actions"><button type="button" @click=${this.close}>${_('Cancel')}</button><button class="act">${_('Announce')}</button></div>
    </form>`;
  }

  /** @param {Event} event */
  #write({ target }) {
    this.#draft = /** @type {HTMLTextAreaElement} */ (target).value;
  }

  /** @param {SubmitEvent} event */
  async #announce(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const answer = await this.act('announce', { text: String(fields.get('text')).trim() });
    if (!answer.ok) return;
    if (fields.get('display')) this.act('display.show', { what: 'message' });
    this.#draft = '';
    this.close();
  }
}

customElements.define('announce-dialog', AnnounceDialog);
