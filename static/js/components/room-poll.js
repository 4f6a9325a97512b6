/**
 * `<room-poll>`: a poll on the room display: what is asked, the options, how many answered, or the result.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { earlierRound, roundName } from '../lib/poll_rounds.js';
import { aboutText, answeredText, optionLabel, roomText, shownWhen, silentText } from '../lib/poll_words.js';
import { isOver, polledText, resultIsPublic } from '../lib/polls.js';
import './fitted-text.js';
import { unseen } from './poll_summary.js';
import { resultBars } from './result_bars.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */

export class RoomPoll extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {}, result: { type: Boolean } };

  static keys = ['poll/', 'recommendation/'];

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
    /** The numbers are wanted, not the question. */
    this.result = false;
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll) return html`<div class="room-poll none"><p class="quiet">${_('This poll is not there, or no longer.')}</p></div>`;
    return this.result ? this.#result(poll) : this.#question(poll);
  }

  updated() {
    const bars = /** @type {HTMLElement|null} */ (this.querySelector('.bars'));
    bars?.style.setProperty('--rows', String(bars.childElementCount));
  }

  /** @param {Poll} poll */
  #question(poll) {
    const recommendation = this.get(`recommendation/${poll.recommendation}`);
    const polled = poll.recommendation ? polledText(poll, recommendation) : { text: poll.question };
    return html`<div class="room-poll question">
      <section class="asked"><p class="label">${poll.round > 1 ? html`${roundName(poll)} · ` : nothing}${_('Indicative poll: nothing is adopted by it')}</p>
        ${poll.recommendation ? html`<h2>${aboutText(poll, recommendation)}</h2>` : html`<h2 class="visually-hidden">${aboutText(poll, recommendation)}</h2>`}
        <fitted-text .text=${polled?.text ?? recommendation?.title ?? ''} ?quoted=${Boolean(poll.recommendation)}></fitted-text></section>
      <section class="answers" data-many=${poll.options.length > 6 ? 'very' : poll.options.length > 4 ? '' : nothing}>
        <ul>${poll.options.map((option) => html`<li><bdi>${optionLabel(option)}</bdi></li>`)}</ul>
        <p class="count">${counted(poll)}</p>
        <p class="quiet">${isOver(poll) ? _('The poll is closed.') : shownWhen(poll)}</p>
        ${poll.room === 'by_hands' && !isOver(poll) ? html`<p class="quiet">${_('In the room: raise your hand when the moderator asks.')}</p>` : nothing}
      </section>
    </div>`;
  }

  /** @param {Poll} poll */
  #result(poll) {
    const recommendation = this.get(`recommendation/${poll.recommendation}`);
    const about = poll.recommendation ? aboutText(poll, recommendation) : poll.question;
    const before = earlierRound(poll, (key) => this.get(key));
    const earlier = before && resultIsPublic(before) ? before : null;
    const facts = [roundName(poll), answeredText(poll), isOver(poll) ? silentText(poll) : '', roomText(poll)].filter(Boolean);
    return html`<div class="room-poll numbers">
      <section class="asked"><p class="label">${_('Result of the indicative poll: nothing is adopted by it')}</p><h2><bdi>${about}</bdi></h2>
        ${recommendation?.title ? html`<p class="quiet title"><bdi>${recommendation.title}</bdi></p>` : nothing}</section>
      ${resultIsPublic(poll) && poll.total ? html`<div class="bars-place">${resultBars(poll, null, earlier)}</div>` : html`<p class="unseen">${unseen(poll)}</p>`}
      <section class="after">${poll.outcome && isOver(poll) ? html`<p class="room-outcome" dir="auto">${poll.outcome}</p>` : nothing}
        <p class="quiet facts">${facts.map((fact, index) => html`${index ? ' · ' : nothing}<bdi>${fact}</bdi>`)}</p></section>
    </div>`;
  }
}

/** The sentence *19 of 31 …* with its number large. @param {Poll} poll */
function counted(poll) {
  const sentence = answeredText(poll);
  const [number] = sentence.match(/\d+(?=\D)/) ?? [''];
  const [before, ...after] = sentence.split(number);
  return html`${before}<b>${number}</b>${after.join(number)}`;
}

customElements.define('room-poll', RoomPoll);
