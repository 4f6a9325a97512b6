/**
 * `<carry-over>`: puts those on the list who were not reached in another session of the workshop.
 */

import { html } from '/static/vendor/lit.js';
import { call } from '../lib/http.js';
import { _, ngettext } from '../lib/i18n.js';
import { statusName } from '../lib/names.js';
import { refusalSentence } from '../lib/refusals.js';
import { say } from './announcer.js';
import { SessionDialog } from './session_dialog.js';

/** @typedef {{id: string, number: string, title: string, short_title: string, status: string}} Sitting */

export class CarryOver extends SessionDialog {
  static properties = { ...SessionDialog.properties, sessions: { state: true }, problem: { state: true } };

  static titledBy = 'carry-title';

  static look = 'carry-over';

  constructor() {
    super();
    /** @type {Sitting[]|null} null until they are there */
    this.sessions = null;
    this.problem = '';
  }

  async open() {
    this.problem = '';
    await this.show();
    try {
      const { sessions } = await call('GET', '/api/me');
      this.sessions = sessions.filter((/** @type {Sitting} */ { id, status }) => id !== this.get('session').id && status !== 'scheduled');
    } catch (error) {
      this.problem = refusalSentence(/** @type {{code?: string}} */ (error).code, /** @type {Error} */ (error).message);
    }
  }

  inside() {
    return html`<div class="inside">
      <h2 id="carry-title">${_('Carry over from another session')}</h2>
      <p class="hint">${_('Those who were not reached there come to the end of this list, in the order in which they stood, each once.')}</p>
      ${this.problem ? html`<p class="wrong">${this.problem}</p>` : this.#choices()}
      <div class="actions"><button type="button" @click=${this.close}>${_('Close')}</button></div>
    </div>`;
  }

  #choices() {
    if (!this.sessions) return html`<p class="quiet">${_('Looking it up…')}</p>`;
    if (!this.sessions.length) return html`<p class="quiet">${_('No other session has begun yet.')}</p>`;
    return html`<ul class="sittings">${this.sessions.map(({ id, number, title, short_title: short, status }) => html`
      <li><button type="button" class="result" @click=${() => this.#carry(id)}><span class="who"><span class="name">${number ? `${number} · ` : ''}<bdi>${short || title}</bdi></span>
        <span class="quiet small">${statusName(status)}</span></span></button></li>`)}</ul>`;
  }

  /** @param {string} from */
  async #carry(from) {
    const before = this.get('list')?.waiting ?? 0;
    const answer = await this.act('list.carry_over', { from });
    if (!answer.ok) return;
    this.close();
    const more = Math.max(0, (this.get('list')?.waiting ?? 0) - before);
    say(ngettext('{n} speaker carried over', '{n} speakers carried over', more));
  }
}

customElements.define('carry-over', CarryOver);
