/**
 * `<polls-panel>`: recommendations and polls, in the place of the list of speakers: what is open first.
 */

import { html, repeat } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { closedPolls, inTime, openPolls, textsInOrder } from '../lib/polls.js';
import './action-menu.js';
import { say } from './announcer.js';
import { commandButton } from './command_button.js';
import { closeIcon, plusIcon } from './icons.js';
import './outcome-form.js';
import './poll-card.js';
import './poll-form.js';
import { SessionElement } from './session_element.js';
import './text-card.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {import('./poll-form.js').PollForm} PollForm */
/** @typedef {import('./outcome-form.js').OutcomeForm} OutcomeForm */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

export class PollsPanel extends SessionElement {
  static paced = true;

  static keys = ['polls', 'poll/', 'recommendation/', 'may/', 'me/person', 'session'];

  render() {
    /** @type {Poll[]} */
    const polls = this.all('poll/');
    const texts = textsInOrder(this.all('recommendation/'));
    const drafts = polls.filter((poll) => poll.status === 'drafted');
    return html`<section class="polls" aria-labelledby="polls-title" @poll-on=${this.#ask} @poll-outcome=${this.#outcome} @poll-prepared=${this.#prepared} @menu=${this.#menu}>
      <header>
        <div class="title"><h2 id="polls-title" tabindex="-1">${_('Texts and polls')}</h2><p class="quiet small">${this.#summary(texts.length, polls)}</p></div>
        ${commandButton({ id: 'own-question', label: html`${plusIcon}${_('Own question')}`, name: _('Own question: a poll without a text'), whyNot: this.#whyNotDraft(), run: () => this.#form().open(null) })}
        <button type="button" class="icon" aria-label=${_('Back to the list of speakers')} title=${_('Back to the list of speakers')} @click=${this.#leave}>${closeIcon}</button>
      </header>
      <div class="scroll">
        ${this.#polls(_('Open now'), openPolls(polls))}
        ${this.#polls(_('Prepared'), inTime(drafts))}
        <h3 class="label">${_('Recommendations')} · ${texts.length} <button type="button" class="bare small" @click=${() => document.dispatchEvent(new Event('show-board'))}>${_('Board')}</button></h3>
        ${texts.length
          ? html`<ul>${repeat(texts, ({ id }) => id, ({ id }) => html`<li><text-card .session=${this.session} .text=${id}></text-card></li>`)}</ul>`
          : html`<p class="empty quiet">${_('No recommendation yet. The rapporteurs write them; they appear here by themselves.')}</p>`}
        ${this.#polls(_('Closed polls'), closedPolls(polls))}
      </div>
      <poll-form .session=${this.session}></poll-form>
      <outcome-form .session=${this.session}></outcome-form>
      <action-menu></action-menu>
    </section>`;
  }

  /** Bring the focus to the panel that was just opened. */
  arrive() {
    this.updateComplete.then(() => {
      const title = this.querySelector('h2');
      title?.focus({ preventScroll: true });
      title?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** @param {string} title @param {Poll[]} polls */
  #polls(title, polls) {
    if (!polls.length) return [];
    return html`<h3 class="label">${title} · ${polls.length}</h3>
      <ul>${repeat(polls, ({ id }) => id, ({ id }) => html`<li><poll-card .session=${this.session} .poll=${id}></poll-card></li>`)}</ul>`;
  }

  /** @param {number} texts @param {Poll[]} polls */
  #summary(texts, polls) {
    const open = openPolls(polls).length;
    const words = ngettext('{n} text', '{n} texts', texts);
    return open ? `${words} · ${ngettext('{n} poll open', '{n} polls open', open)}` : `${words} · ${_('no poll open')}`;
  }

  #whyNotDraft() {
    const open = this.session.whyNot('poll.open');
    return open === 'not_allowed' ? this.session.whyNot('poll.draft') : open && this.session.whyNot('poll.draft');
  }

  /** @param {CustomEvent<string>} event the recommendation */
  #ask({ detail }) {
    this.#form().open(detail);
  }

  /** @param {CustomEvent<string>} event the poll */
  #outcome({ detail }) {
    /** @type {OutcomeForm} */ (this.querySelector('outcome-form')).open(detail);
  }

  /** The button that was tapped is gone, and what it made stands further up. */
  #prepared() {
    this.arrive();
    say(_('The next round is prepared.'));
  }

  /** @param {CustomEvent<{opener: HTMLElement, label: string, items: import('./action-menu.js').Item[]}>} event */
  #menu({ detail }) {
    /** @type {ActionMenu} */ (this.querySelector(':scope > section > action-menu')).openAt(detail.opener, detail.label, detail.items);
  }

  #form() {
    return /** @type {PollForm} */ (this.querySelector('poll-form'));
  }

  #leave() {
    this.dispatchEvent(new CustomEvent('show-panel', { bubbles: true, detail: 'list' }));
  }
}

customElements.define('polls-panel', PollsPanel);
