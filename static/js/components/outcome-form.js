/**
 * `<outcome-form>`: the sentence that says what follows from a poll; asked for when one has closed it.
 *
 * It begins as the figures in words, ready to be kept, changed or written over.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { outcomeSentence } from '../lib/poll_outcome.js';
import { earlierRound } from '../lib/poll_rounds.js';
import { aboutText } from '../lib/poll_words.js';
import { pollSummary } from './poll_summary.js';
import { SessionDialog } from './session_dialog.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */

const LONGEST = 500;

export class OutcomeForm extends SessionDialog {
  static properties = { ...SessionDialog.properties, poll: { state: true }, draft: { state: true } };

  static titledBy = 'outcome-title';

  static keys = ['poll/', 'recommendation/', 'may/', 'me/person'];

  constructor() {
    super();
    this.poll = '';
    this.draft = '';
  }

  /** @param {string} poll its id */
  async open(poll) {
    if (this.session.whyNot('poll.outcome')) return;
    this.poll = poll;
    /** @type {Poll|undefined} */
    const about = this.get(`poll/${poll}`);
    this.draft = about?.outcome ?? (about ? outcomeSentence(about) : '');
    await this.show();
  }

  inside() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll) return nothing;
    return html`<form @submit=${this.#save}>
      <h2 id="outcome-title">${_('What follows from it?')}</h2>
      <p class="quiet">${aboutText(poll, this.get(`recommendation/${poll.recommendation}`))}</p>
      ${pollSummary({ ...poll, outcome: null }, { earlier: earlierRound(poll, (key) => this.get(key)) })}
      <label class="field"><span class="label">${_('Outcome in a sentence, as it stands in the record')}</span>
        <textarea name="text" dir="auto" required maxlength=${LONGEST} .value=${this.draft} @input=${this.#write} autofocus></textarea></label>
      <div class="actions"><button type="button" class="bare" @click=${() => this.#begin(poll)}>${_('Begin with the figures')}</button>
        <button type="button" @click=${this.close}>${_('Later')}</button><button class="act">${_('Save the outcome')}</button></div>
    </form>`;
  }

  /** @param {Poll} poll */
  #begin(poll) {
    const figures = outcomeSentence(poll);
    if (!this.draft.includes(figures)) this.draft = `${figures} ${this.draft}`.trim();
  }

  /** @param {Event} event */
  #write(event) {
    this.draft = /** @type {HTMLTextAreaElement} */ (event.target).value;
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const answer = await this.act('poll.outcome', { poll: this.poll, text: this.draft.trim() });
    if (answer.ok) this.close();
  }
}

customElements.define('outcome-form', OutcomeForm);
