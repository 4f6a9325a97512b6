/**
 * `<recommendation-board>`: all recommendations of the session at a glance, by how far they have come; and each in full.
 *
 * It opens at `show-board` and `show-text` (with an id) from anywhere on the page. A card that goes to another column keeps
 * the focus.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { textsInOrder } from '../lib/polls.js';
import { RECOMMENDATION_STATUSES, recommendationStatusName } from '../lib/recommendation_names.js';
import { OtherSessions } from '../live/other_sessions.js';
import './action-menu.js';
import './board-card.js';
import './bring-dialog.js';
import { commandButton } from './command_button.js';
import { plusIcon } from './icons.js';
import './recommendation-details.js';
import './recommendation-editor.js';
import { SessionDialog } from './session_dialog.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('./recommendation-details.js').RecommendationDetails} RecommendationDetails */
/** @typedef {import('./recommendation-editor.js').RecommendationEditor} RecommendationEditor */
/** @typedef {import('./bring-dialog.js').BringDialog} BringDialog */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

export class RecommendationBoard extends SessionDialog {
  static titledBy = 'board-title';

  static look = 'board';

  static keys = ['recommendation/', 'may/', 'me/person'];

  #others = new OtherSessions(document.body.dataset.session ?? '');

  /** The card whose status was chosen last, which is drawn anew in another column. */
  #moving = '';

  #show = () => this.open();

  /** @param {Recommendation} text */
  #newer = (text) => this.#others.newer(text);

  /** @param {Event} event */
  #showText = (event) => this.#details().open(/** @type {CustomEvent<string>} */ (event).detail);

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('show-board', this.#show);
    document.addEventListener('show-text', this.#showText);
    this.#others.addEventListener('changed', () => {
      this.requestUpdate();
      this.#details()?.requestUpdate();
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('show-board', this.#show);
    document.removeEventListener('show-text', this.#showText);
  }

  open() {
    this.#others.load();
    return this.show();
  }

  render() {
    const { session } = this;
    return html`${super.render()}
      <recommendation-details .session=${session} .newer=${this.#newer}
        @leave=${() => this.close()} @take-in=${this.#takeIn} @revise-text=${this.#revise} @amend-text=${this.#amend}></recommendation-details>
      <bring-dialog .session=${session} .others=${this.#others}></bring-dialog>
      <recommendation-editor .session=${session}></recommendation-editor>`;
  }

  inside() {
    const { session } = this;
    return html`<header class="row">
          <h2 id="board-title" class="grow">${_('Recommendations')}</h2>
          ${commandButton({ id: 'board-bring', label: _('Bring from another session…'), whyNot: session.whyNot('recommendation.bring'), run: () => this.#bring().open() })}
          ${commandButton({ id: 'board-propose', label: html`${plusIcon}${_('Recommendation')}`, whyNot: session.whyNot('recommendation.propose'), run: () => this.#editor().propose() })}
          <button type="button" @click=${this.close}>${_('Close')}</button>
        </header>
        ${this.#columns()}
        <action-menu></action-menu>`;
  }

  updated() {
    if (!this.#moving || document.activeElement?.closest('.board-card')) return;
    requestAnimationFrame(() => {
      /** @type {HTMLElement|null} */ (this.querySelector(`[data-status-of="${CSS.escape(this.#moving)}"]`))?.focus();
      this.#moving = '';
    });
  }

  #columns() {
    /** @type {Recommendation[]} */
    const texts = /** @type {any[]} */ (textsInOrder(this.all('recommendation/')));
    if (!texts.length) return html`<p class="quiet">${_('None yet. One can be made from a note, written here, or brought from another session.')}</p>`;
    const columns = RECOMMENDATION_STATUSES.map((status) => ({ status, texts: texts.filter((each) => each.status === status) })).filter((each) => each.texts.length);
    return html`<div class="columns" @menu=${this.#menu}>${repeat(columns, ({ status }) => status, (each) => html`<section data-status=${each.status} aria-labelledby="column-${each.status}">
      <h3 class="label" id="column-${each.status}">${recommendationStatusName(each.status)} · ${each.texts.length}</h3>
      <ul>${repeat(each.texts, ({ id }) => id, (text) => html`<li><board-card .session=${this.session} recommendation=${text.id} later=${this.#others.newer(text)?.version ?? 0}></board-card></li>`)}</ul>
    </section>`)}</div>${this.#others.reached === false ? html`<p class="quiet small">${_('The other sessions could not be reached.')}</p>` : nothing}`;
  }

  /** @param {CustomEvent<{opener: HTMLElement, label: string, items: import('./action-menu.js').Item[]}>} event */
  #menu({ detail: { opener, label, items } }) {
    const following = items.map((item) => ({ ...item, run: () => {
      this.#moving = opener.dataset.statusOf ?? '';
      return item.run();
    } }));
    /** @type {ActionMenu} */ (this.querySelector('dialog.board > action-menu')).openAt(opener, label, following);
  }

  /** @param {CustomEvent<string>} event the amendment */
  #takeIn({ detail }) {
    const text = this.#standing(this.#details().recommendation);
    const amendment = text?.amendments?.find(({ id }) => id === detail);
    if (text && amendment) this.#editor().takeIn(text, amendment);
  }

  /** @param {CustomEvent<{recommendation: string, written?: Recommendation}>} event */
  #revise({ detail: { recommendation, written } }) {
    const text = this.#standing(recommendation);
    if (text) this.#editor().revise(text, written);
  }

  /** @param {CustomEvent<{recommendation: string}>} event */
  #amend({ detail: { recommendation } }) {
    const text = this.#standing(recommendation);
    if (text) this.#editor().amend(text);
  }

  /** @param {string} id @returns {Recommendation|undefined} */
  #standing(id) {
    return this.get(`recommendation/${id}`);
  }

  #details() {
    return /** @type {RecommendationDetails} */ (this.querySelector('recommendation-details'));
  }

  #editor() {
    return /** @type {RecommendationEditor} */ (this.querySelector('recommendation-editor'));
  }

  #bring() {
    return /** @type {BringDialog} */ (this.querySelector('bring-dialog'));
  }
}

customElements.define('recommendation-board', RecommendationBoard);
