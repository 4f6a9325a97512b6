/**
 * `<recommendation-card>`: one recommendation: how far it has come, what its last version changed, and the polls on it.
 */

import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { earlierRound } from '../lib/poll_rounds.js';
import { inTime } from '../lib/polls.js';
import { RECOMMENDATION_STATUSES, recommendationStatusName } from '../lib/recommendation_names.js';
import { amendmentsText, positionsText } from '../lib/recommendation_people.js';
import './action-menu.js';
import { addresseesLine } from './addressees_line.js';
import { bracketed } from './bracketed_text.js';
import { commandButton } from './command_button.js';
import { moreIcon } from './icons.js';
import { recommendationPoll } from './recommendation_poll.js';
import { toast } from './toast.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

/** What a poll on a recommendation is unless the moderator makes it otherwise. */
const POLL = { preset: 'support_scale', ballot: 'recorded', unit: 'delegation', results: 'after_close' };

export class RecommendationCard extends LitElement {
  static properties = {
    session: { attribute: false }, recommendation: { attribute: false }, standing: { attribute: false }, polls: { attribute: false }, refused: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import('../live/live_session.js').LiveSession} */
    // @ts-expect-error Set by the list.
    this.session = undefined;
    /** @type {Recommendation} with what is on its way */
    // @ts-expect-error Set by the list.
    this.recommendation = undefined;
    /** @type {Recommendation|undefined} as the server has it */
    this.standing = undefined;
    /** @type {Poll[]} */
    this.polls = [];
    /** @type {import('../live/drafts.js').Draft|undefined} */
    this.refused = undefined;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { id, symbol, title, text, version, status, previous, unsaved, addressees } = this.recommendation;
    return html`<article class="card recommendation" aria-labelledby="title-${id}">
      <header>
        <h3 id="title-${id}">${symbol || _('New')}</h3>
        <span class="quiet small">${version > 1 ? html`<span>${_('version {version}', { version })}</span> · ` : nothing}<span>${recommendationStatusName(status)}</span>${
          unsaved ? html` · <span class="now">${this.session.state === 'live' ? _('saving…') : _('not yet saved')}</span>` : nothing}</span>
        <button type="button" class="bare icon" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Status of {symbol}', { symbol })} @click=${this.#chooseStatus}>${moreIcon}</button>
      </header>
      ${title ? html`<p class="title" dir="auto">${title}</p>` : nothing}
      <p class="words" dir="auto">${previous ? wordChanges(previous.text, text) : bracketed(text)}</p>
      ${addresseesLine(addressees, this.session.get('programme')?.groups)}
      ${this.#said()}
      ${this.#conflict()}
      ${inTime(this.polls).map((poll) => recommendationPoll(poll, this.#writing(poll), earlierRound(poll, (key) => this.session.get(key))))}
      <div class="row buttons">${this.#buttons()}</div>
      <action-menu></action-menu>
    </article>`;
  }

  #said() {
    const said = [amendmentsText(this.standing?.amendments), positionsText(this.standing?.position_counts)].filter(Boolean);
    return said.length ? html`<p class="small">${said.join(' · ')}</p>` : nothing;
  }

  #buttons() {
    const { id, status, version } = this.recommendation;
    const asked = this.polls.some((poll) => poll.status === 'drafted' || poll.status === 'open' || poll.version === version);
    const missing = this.standing ? null : 'not_now';
    return [
      asked ? nothing : commandButton({
        id: `poll-${id}`, look: status === 'under_discussion' ? 'act' : '', label: version > 1 ? _('Poll version {version}', { version }) : _('Ask for a poll'),
        whyNot: missing ?? this.session.whyNot('poll.draft'), run: () => this.#send('poll.draft', { ...POLL, recommendation: id }),
      }),
      commandButton({ id: `revise-${id}`, label: _('Revise'), whyNot: missing ?? this.session.whyNot('recommendation.revise'), run: () => this.dispatchEvent(new Event('revise')) }),
      commandButton({ id: `more-${id}`, look: 'bare', label: _('Details'), name: `${_('Details')}: ${this.recommendation.symbol || _('New')}`, whyNot: missing, run: () => this.dispatchEvent(new CustomEvent('show-text', { detail: id, bubbles: true })) }),
    ];
  }

  /** @param {Poll} poll */
  #writing({ id }) {
    return this.session.whyNot('poll.outcome') ? null : () => this.dispatchEvent(new CustomEvent('outcome', { detail: id }));
  }

  #conflict() {
    const { refused, standing } = this;
    if (!refused || !standing) return nothing;
    return html`<div class="notice now conflict" role="group" aria-label=${_('Not saved')}>
      <p class="small">${refused.problem || _('Somebody else has revised it meanwhile. Your text is not saved yet.')}</p>
      <dl><div><dt>${_('Yours')}</dt><dd dir="auto">${wordChanges(standing.text, refused.text)}</dd></div></dl>
      <div class="actions"><button type="button" @click=${() => this.dispatchEvent(new Event('give-up'))}>${_('Take theirs')}</button>
        <button type="button" @click=${() => this.dispatchEvent(new Event('revise'))}>${_('Keep mine…')}</button></div>
    </div>`;
  }

  /** @param {Event} event */
  #chooseStatus({ currentTarget: opener }) {
    const { id, status } = this.recommendation;
    const expect = { version: this.standing?.version };
    const whyNot = this.standing ? this.session.whyNot('recommendation.status') : 'not_now';
    const items = RECOMMENDATION_STATUSES.map((each) => ({
      label: recommendationStatusName(each), current: each === status, whyNot, run: () => this.#send('recommendation.status', { recommendation: id, status: each }, { expect }),
    }));
    /** @type {ActionMenu} */ (this.querySelector('action-menu')).openAt(/** @type {HTMLElement} */ (opener), _('Status'), items);
  }

  /** @param {string} type @param {Record<string, unknown>} data @param {{expect?: Record<string, unknown>}} [options] */
  async #send(type, data, options) {
    const answer = await this.session.send(type, data, options);
    if (!answer.ok) toast(answer.message ?? '');
  }
}

customElements.define('recommendation-card', RecommendationCard);
