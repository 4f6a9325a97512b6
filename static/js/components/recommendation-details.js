/**
 * `<recommendation-details>`: one recommendation in full: where it came from, what was proposed to it, who stands where, its versions.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { textName } from '../lib/poll_words.js';
import { recommendationStatusName } from '../lib/recommendation_names.js';
import { amendmentsText, positionsText, whoseText } from '../lib/recommendation_people.js';
import './amendment-list.js';
import { bracketed } from './bracketed_text.js';
import { commandButton } from './command_button.js';
import './position-list.js';
import './recommendation-chain.js';
import { SessionDialog } from './session_dialog.js';
import './version-history.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('../lib/wire_documents.js').Version} Version */

export class RecommendationDetails extends SessionDialog {
  static properties = { ...SessionDialog.properties, recommendation: { state: true }, versions: { state: true }, newer: { attribute: false } };

  static titledBy = 'details-title';

  static look = 'details';

  static keys = ['recommendation/', 'may/', 'me/person', 'programme'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
    /** @type {Version[]} */
    this.versions = [];
    /** Return how it stands where it was brought from, if it went on there. @type {(text: Recommendation) => import('../live/other_sessions.js').There|null} */
    this.newer = () => null;
  }

  /** @param {string} recommendation its id */
  open(recommendation) {
    this.recommendation = recommendation;
    this.versions = [];
    return this.show();
  }

  inside() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.recommendation}`);
    return text ? this.#all(text) : nothing;
  }

  /** @param {Recommendation} text */
  #all(text) {
    const { session } = this;
    const whose = whoseText(text.proposed_by ?? null, this.get('programme')?.groups);
    return html`<header class="row">
        <div class="grow"><h2 id="details-title">${textName(/** @type {any} */ (text))}</h2>
        <p class="quiet small">${_('version {version}', { version: text.version })} · ${recommendationStatusName(text.status)}${whose ? html` · ${_('put forward by')} <bdi>${whose}</bdi>` : nothing}</p></div>
        <button type="button" @click=${this.close}>${_('Close')}</button>
      </header>
      <recommendation-chain .session=${session} recommendation=${text.id} @leave=${() => this.close()}></recommendation-chain>
      ${text.title ? html`<p dir="auto"><b>${text.title}</b></p>` : nothing}
      <p class="words" dir="auto">${bracketed(text.text)}</p>
      ${this.#newer(text)}
      <div class="row">
        ${commandButton({ id: 'details-revise', label: _('Revise'), whyNot: session.whyNot('recommendation.revise'), run: () => this.#tell('revise-text', text.id) })}
        ${commandButton({ id: 'details-amend', label: _('Write an amendment down…'), whyNot: session.whyNot('recommendation.amend'), run: () => this.#tell('amend-text', text.id) })}
      </div>
      ${part('amendments', _('Amendments'), amendmentsText(text.amendments), html`<amendment-list .session=${session} recommendation=${text.id} .versions=${this.versions}></amendment-list>`)}
      ${part('positions', _('Positions'), positionsText(text.position_counts), html`<position-list .session=${session} recommendation=${text.id}></position-list>`)}
      ${part('versions', _('Versions'), '', html`<version-history .session=${session} recommendation=${text.id} @versions=${(/** @type {CustomEvent<Version[]>} */ { detail }) => { this.versions = detail; }}></version-history>`)}`;
  }

  /** @param {Recommendation} text */
  #newer(text) {
    const there = this.newer(text);
    if (!there) return nothing;
    return html`<div class="notice now" role="note">
      <p class="small">${_('In the session it was brought from, version {version} stands by now.', { version: there.version })}</p>
      <button type="button" @click=${() => this.#tell('revise-text', text.id, there)}>${_('Revise after it…')}</button></div>`;
  }

  /** @param {string} name @param {string} recommendation @param {unknown} [written] */
  #tell(name, recommendation, written) {
    this.dispatchEvent(new CustomEvent(name, { detail: { recommendation, written }, bubbles: true }));
  }
}

/** @param {string} id @param {string} title @param {string} summary @param {unknown} inner */
function part(id, title, summary, inner) {
  return html`<section class="part" aria-labelledby="details-${id}"><h3 class="label" id="details-${id}">${title}${summary ? ` · ${summary}` : ''}</h3>${inner}</section>`;
}

customElements.define('recommendation-details', RecommendationDetails);
