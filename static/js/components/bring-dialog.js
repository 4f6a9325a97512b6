/**
 * `<bring-dialog>`: the recommendations of the other sessions, to be brought here with their version and where they came from.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { recommendationStatusName } from '../lib/recommendation_names.js';
import './clipped-text.js';
import { commandButton } from './command_button.js';
import { SessionDialog } from './session_dialog.js';
import { toast } from './toast.js';

/** @typedef {import('../live/other_sessions.js').OtherSessions} OtherSessions */
/** @typedef {import('../live/other_sessions.js').OtherSession} OtherSession */
/** @typedef {import('../live/other_sessions.js').There} There */

export class BringDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, others: { attribute: false } };

  static titledBy = 'bring-title';

  static look = 'details';

  static keys = ['recommendation/', 'may/', 'me/person'];

  #changed = () => this.requestUpdate();

  constructor() {
    super();
    /** @type {OtherSessions|undefined} */
    this.others = undefined;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('others')) this.others?.addEventListener('changed', this.#changed);
  }

  open() {
    this.others?.load();
    return this.show();
  }

  inside() {
    const { sessions = [], reached = null } = this.others ?? {};
    return html`<header class="row"><h2 id="bring-title" class="grow">${_('Bring from another session')}</h2><button type="button" @click=${this.close}>${_('Close')}</button></header>
      <div aria-live="polite">${reached === null ? html`<p class="quiet">${_('One moment …')}</p>` : nothing}
        ${reached === false ? html`<p class="quiet">${_('The other sessions could not be reached.')} <button type="button" class="bare" @click=${() => this.others?.load()}>${_('Try again')}</button></p>` : nothing}
        ${reached && !sessions.length ? html`<p class="quiet">${_('No other session has a recommendation yet.')}</p>` : nothing}</div>
      ${sessions.map((each) => this.#session(each))}`;
  }

  /** @param {OtherSession} other */
  #session(other) {
    return html`<section class="part" aria-labelledby="bring-${other.session}"><h3 class="label" id="bring-${other.session}">${other.number} · <bdi>${other.title}</bdi></h3>
      <ul class="bring">${other.recommendations.map((text) => html`<li>
        <p><b>${text.symbol}</b> ${text.title ? html`<bdi>${text.title}</bdi>` : nothing} <span class="quiet small">${_('version {version}', { version: text.version })} · ${recommendationStatusName(text.status)}</span></p>
        <clipped-text .text=${text.text} brackets></clipped-text>
        ${this.#offer(other, text)}</li>`)}</ul></section>`;
  }

  /** @param {OtherSession} other @param {There} text */
  #offer(other, text) {
    const here = text.here === null ? null : this.get(`recommendation/${text.id}`);
    if (text.brought_from === document.body.dataset.session) return html`<p class="quiet small">${_('It came from this session.')}</p>`;
    if (here) return html`<p class="quiet small">${_('Here already, in version {version}.', { version: here.version })}</p>`;
    return html`<div class="row">${commandButton({
      id: `bring-${text.id}`, look: 'act', label: _('Bring'), name: _('Bring {symbol}, version {version}', { symbol: text.symbol, version: text.version }),
      whyNot: this.session.whyNot('recommendation.bring'), run: () => this.#take(other, text),
    })}</div>`;
  }

  /** @param {OtherSession} other @param {There} text */
  async #take({ session }, { id: recommendation, version, symbol }) {
    const answer = await this.act('recommendation.bring', { from: { session, recommendation, version } });
    if (!answer.ok) return;
    toast(_('{symbol} is before this session now.', { symbol }));
    this.others?.load();
  }
}

customElements.define('bring-dialog', BringDialog);
