/**
 * `<preset-dialog>`: one name for the rule, the speaking times and what else a kind of meeting usually has.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { call } from '../lib/http.js';
import { _ } from '../lib/i18n.js';
import { ruleName } from '../lib/names.js';
import { refusalSentence } from '../lib/refusals.js';
import { SessionDialog } from './session_dialog.js';
import { toast } from './toast.js';

/** @typedef {{id: string, title: string, rule: string, default_limit_seconds: number}} Preset */

export class PresetDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, presets: { state: true }, problem: { state: true } };

  static titledBy = 'preset-title';

  static look = 'carry-over';

  static keys = ['session'];

  constructor() {
    super();
    /** @type {Preset[]|null} null until they are there */
    this.presets = null;
    this.problem = '';
  }

  async open() {
    this.problem = '';
    await this.show();
    try {
      this.presets = await call('GET', '/api/presets');
    } catch (error) {
      this.problem = refusalSentence(/** @type {{code?: string}} */ (error).code, /** @type {Error} */ (error).message);
    }
  }

  inside() {
    return html`<div class="inside">
      <h2 id="preset-title">${_('Kind of meeting')}</h2>
      <p class="hint">${_('Sets the rule of the list, the speaking times, what becomes of who is called and not there, and when the list closes. Each can be changed afterwards.')}</p>
      ${this.problem ? html`<p class="wrong">${this.problem}</p>` : this.presets ? this.#choices(this.presets) : html`<p class="quiet">${_('Looking it up…')}</p>`}
      <div class="actions"><button type="button" @click=${this.close}>${_('Close')}</button></div>
    </div>`;
  }

  /** @param {Preset[]} presets */
  #choices(presets) {
    const current = this.get('session')?.preset;
    return html`<ul class="sittings">${presets.map(({ id, title, rule, default_limit_seconds: usual }) => html`
      <li><button type="button" class="result" aria-pressed=${String(id === current)} @click=${() => this.#use(id, title)}><span class="who"><span class="name" dir="auto">${title}</span>
        <span class="quiet small">${ruleName(rule)} · ${usual ? minutesText(usual) : _('no time limit')}</span></span>${id === current ? html`<span class="tag chip">${_('in force')}</span>` : nothing}</button></li>`)}</ul>`;
  }

  /** @param {string} preset @param {string} title */
  async #use(preset, title) {
    const answer = await this.act('session.settings', { preset });
    if (!answer.ok) return;
    this.close();
    toast(_('In force: {what}', { what: title }));
  }
}

customElements.define('preset-dialog', PresetDialog);
