/**
 * `<rapporteur-recommendations>`: what the participants put forward: texts in versions, polls on them, what came of those.
 */

import { html, repeat } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { withPendingTexts } from '../lib/pending_notes.js';
import { textsInOrder } from '../lib/polls.js';
import { refusalSentence } from '../lib/refusals.js';
import { Drafts } from '../live/drafts.js';
import { commandButton } from './command_button.js';
import { plusIcon } from './icons.js';
import './outcome-form.js';
import './recommendation-board.js';
import './recommendation-card.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('./recommendation-editor.js').RecommendationEditor} RecommendationEditor */
/** @typedef {import('./outcome-form.js').OutcomeForm} OutcomeForm */

export class RapporteurRecommendations extends SessionElement {
  static properties = { desk: { attribute: false } };

  static keys = ['recommendation/', 'poll/', 'may/', 'me/person'];

  /** Revisions that were overtaken or refused: what was written, by recommendation. */
  #refused = new Drafts(`revisions:${document.body.dataset.person}:${document.body.dataset.session}`);

  /** @param {Event} event */
  #fromNote = (event) => this.#editor().propose(/** @type {CustomEvent} */ (event).detail);

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('propose-from', this.#fromNote);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('propose-from', this.#fromNote);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('session') || !this.session) return;
    for (const name of ['unsaved', 'state']) this.session.addEventListener(name, () => this.requestUpdate());
    this.session.addEventListener('refused', (event) => this.#wasRefused(/** @type {CustomEvent} */ (event).detail));
  }

  render() {
    const at = new Date(this.session.now()).toISOString();
    /** @type {Recommendation[]} */
    const texts = /** @type {any[]} */ (textsInOrder(/** @type {any[]} */ (withPendingTexts(this.all('recommendation/'), this.session.pending, at))));
    const polls = this.all('poll/');
    return html`<section class="texts" aria-labelledby="recommendations-title">
      <div class="row"><h2 class="label grow" id="recommendations-title">${_('Recommendations')}</h2><button type="button" class="small" @click=${() => document.dispatchEvent(new Event('show-board'))}>${_('Board')}</button></div>
      ${texts.length ? repeat(texts, ({ id }) => id, (text) => html`<recommendation-card .session=${this.session} .recommendation=${text} .standing=${this.get(`recommendation/${text.id}`)}
        .polls=${polls.filter(({ recommendation }) => recommendation === text.id)} .refused=${this.#refused.get(text.id)}
        @revise=${() => this.#editor().revise(this.get(`recommendation/${text.id}`), this.#refused.get(text.id))}
        @outcome=${this.#outcome} @give-up=${() => this.#giveUp(text.id)}></recommendation-card>`)
        : html`<p class="quiet small none">${_('None yet. One can be made from a note, or written here.')}</p>`}
      ${commandButton({ id: 'propose', look: 'wide', label: html`${plusIcon}${_('Recommendation')}`, whyNot: this.session.whyNot('recommendation.propose'), run: () => this.#editor().propose() })}
      <recommendation-board .session=${this.session} @revised=${(/** @type {CustomEvent<string>} */ { detail }) => this.#giveUp(detail)}></recommendation-board>
      <outcome-form .session=${this.session}></outcome-form>
    </section>`;
  }

  /** @param {{command: Command, answer: import('../lib/wire.js').Answer}} refusal */
  #wasRefused({ command: { type, data }, answer }) {
    if (type !== 'recommendation.revise') return;
    const problem = answer.code === 'stale' ? '' : refusalSentence(answer.code, answer.message);
    const { recommendation, text, title, addressees, amendment } = /** @type {any} */ (data);
    this.#refused.set(recommendation, { text, title, addressees, amendment, problem });
    this.requestUpdate();
  }

  /** @param {string} id */
  #giveUp(id) {
    this.#refused.delete(id);
    this.requestUpdate();
  }

  /** @param {CustomEvent<string>} event */
  #outcome({ detail }) {
    /** @type {OutcomeForm} */ (this.querySelector('outcome-form')).open(detail);
  }

  #editor() {
    return /** @type {RecommendationEditor} */ (this.querySelector('recommendation-editor'));
  }
}

customElements.define('rapporteur-recommendations', RapporteurRecommendations);
