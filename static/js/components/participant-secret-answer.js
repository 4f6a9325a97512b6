/**
 * `<participant-secret-answer>`: the answer to a secret poll: chosen, then sent for good by a second tap.
 *
 * It is never kept: not in the outbox, not on the device, and here no longer than until it is counted. The map says
 * that there is an answer, and not which.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { optionLabel } from '/static/js/lib/poll_words.js';
import { refusalSentence } from '/static/js/lib/refusals.js';
import { countedSentence, secretSentence } from '/static/js/lib/secret_poll_words.js';

/** @typedef {import('/static/js/lib/polls.js').Poll} Poll */

export class ParticipantSecretAnswer extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {}, chosen: { state: true }, underWay: { state: true }, wrong: { state: true } };

  static keys = ['poll/', 'me/answers'];

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
    /** The id of the option that is chosen and not counted yet. @type {string|null} */
    this.chosen = null;
    /** Whether it has been sent and not been answered. */
    this.underWay = false;
    /** Why the last one was not counted, as a sentence, or ''. */
    this.wrong = '';
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll || poll.status !== 'open') return nothing;
    if (this.get('me/answers')?.[poll.id]?.answered) return html`<p class="notice ready counted">${countedSentence(poll)}</p>`;
    return html`
      <form novalidate @submit=${this.#submit}>
        <fieldset class="field options" aria-describedby="terms-${poll.id}">
          <legend class="visually-hidden">${_('Your answer')}</legend>
          ${poll.options.map((each) => html`<label class="option">
            <input type="radio" name="option-${poll.id}" value=${each.id} .checked=${each.id === this.chosen} ?disabled=${this.underWay} @change=${() => this.#choose(each.id)}>
            <span><bdi>${optionLabel(each)}</bdi></span></label>`)}
        </fieldset>
        ${this.#send(poll)}
      </form>
      ${this.wrong ? html`<p class="wrong" role="status">${this.wrong}</p>` : nothing}`;
  }

  /** @param {Poll} poll */
  #send(poll) {
    const option = poll.options.find(({ id }) => id === this.chosen);
    if (!option) return nothing;
    return html`<p class="quiet small">${secretSentence(poll)}</p>
      <button class="act big wide" type="submit" ?disabled=${this.underWay}>${this.underWay ? _('Sending…') : _('Send for good: {answer}', { answer: optionLabel(option) })}</button>`;
  }

  /** @param {string} option */
  #choose(option) {
    [this.chosen, this.wrong] = [option, ''];
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    if (!this.chosen || this.underWay) return;
    [this.underWay, this.wrong] = [true, ''];
    const answer = await this.session.send('poll.vote', { poll: this.poll, option: this.chosen }, { kept: false });
    this.underWay = false;
    if (answer.ok || answer.code === 'already_voted') this.chosen = null;
    this.wrong = answer.ok ? '' : wrongSentence(answer);
    say(this.wrong || _('Your answer is counted.'));
  }
}

/** @param {import('/static/js/lib/wire.js').Answer} answer */
function wrongSentence({ code, message }) {
  if (code === 'not_confirmed') return _('It is not known whether your answer arrived. Send it again: it is counted once.');
  return refusalSentence(code, message);
}

customElements.define('participant-secret-answer', ParticipantSecretAnswer);
