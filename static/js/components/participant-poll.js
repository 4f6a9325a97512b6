/**
 * `<participant-poll>`: one indicative poll on a phone: what it is about and on which terms, then the answer, then the result.
 *
 * A tap on an option sends it; the keyboard chooses first and then sends. What is chosen and not sent stays, whatever arrives.
 */
import { html, nothing } from '/static/vendor/lit.js';
import '/static/js/components/clipped-text.js';
import '/static/js/components/participant-secret-answer.js';
import { pollSummary } from '/static/js/components/poll_summary.js';
import { PollAnswer } from '/static/js/components/poll_answer.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { earlierRound, roundName } from '/static/js/lib/poll_rounds.js';
import { aboutText, answeredText, notEligibleSentence, optionLabel, termsChip, termSentences } from '/static/js/lib/poll_words.js';
import { isOver, needsReason, polledText, whyNotEligible } from '/static/js/lib/polls.js';
import { here } from '/static/js/lib/zones.js';

/** @typedef {import('/static/js/lib/polls.js').Poll} Poll */
/** @typedef {import('/static/js/lib/polls.js').OwnAnswer} OwnAnswer */

const LONGEST_REASON = 1_000;

export class ParticipantPoll extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {} };

  static keys = ['session', 'programme', 'poll/', 'recommendation/', 'me/answers', 'me/person'];

  #answer = new PollAnswer(this);

  #update = () => this.requestUpdate();

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session')) this.session?.addEventListener('unsaved', this.#update);
  }

  connectedCallback() {
    super.connectedCallback();
    this.session?.addEventListener('unsaved', this.#update);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.session?.removeEventListener('unsaved', this.#update);
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll) return nothing;
    const [text, mine, me] = [this.get(`recommendation/${poll.recommendation}`), this.get('me/answers')?.[poll.id], this.get('me/person')];
    this.#answer.follow(this.session, poll, mine);
    const id = `poll-title-${poll.id}`;
    return html`
      <section class="card poll" aria-labelledby=${id} data-status=${poll.status}>
        <header><p class="label">${isOver(poll) ? _('Indicative poll, closed') : _('Indicative poll')}</p><span class="tag chip">${termsChip(poll)}</span></header>
        <h2 id=${id}>${aboutText(poll, text)}${poll.round > 1 ? html` <span class="quiet small">${roundName(poll)}</span>` : nothing}</h2>
        ${this.#about(poll, text)}
        ${isOver(poll) ? this.#closed(poll, mine) : this.#open(poll, mine, me)}
      </section>`;
  }

  /** @param {Poll} poll @param {import('/static/js/lib/polls.js').Text|undefined} text */
  #about(poll, text) {
    if (!poll.recommendation) return html`<clipped-text .text=${poll.question}></clipped-text>`;
    const polled = polledText(poll, text);
    return html`
      ${text?.title ? html`<p class="poll-about" dir="auto"><b>${text.title}</b></p>` : nothing}
      ${polled ? html`<clipped-text .text=${polled.text} quoted></clipped-text>` : html`<p class="quiet">${_('The text has been revised since; the version asked about is in the record.')}</p>`}
      ${polled?.revised ? html`<p class="notice now small">${_('The poll is about version {version}. The text has been revised since.', { version: poll.version ?? 0 })}</p>` : nothing}`;
  }

  /** @param {Poll} poll @param {OwnAnswer|undefined} mine @param {any} me */
  #open(poll, mine, me) {
    const why = whyNotEligible(mine);
    const terms = termSentences(poll, { organisation: me?.organisation, attribution: this.get('session')?.attribution_mode });
    return html`
      <p class="quiet small terms" id="terms-${poll.id}">${terms.join(' ')}</p>
      ${why ? html`<p class="notice small">${notEligibleSentence(why, poll)}</p>` : this.#form(poll)}
      <p class="quiet small poll-state">${why ? nothing : this.#saved(poll, mine)}<span>${answeredText(poll)}</span></p>
      ${poll.results === 'live' ? this.#summary(poll, mine) : nothing}`;
  }

  /** @param {Poll} poll */
  #form(poll) {
    if (poll.ballot === 'secret') return html`<participant-secret-answer .session=${this.session} .poll=${poll.id}></participant-secret-answer>`;
    const { option, reason, pending, unsent, refusal } = this.#answer;
    const wanted = needsReason(poll, option);
    return html`
      <form novalidate @submit=${this.#submit}>
        <fieldset class="field options" aria-describedby="terms-${poll.id}">
          <legend class="visually-hidden">${_('Your answer')}</legend>
          ${poll.options.map((each) => html`<label class="option" @pointerdown=${() => this.#answer.touched()}>
            <input type="radio" name="option-${poll.id}" value=${each.id} .checked=${each.id === option} @change=${() => this.#choose(poll, each.id)}>
            <span><bdi>${optionLabel(each)}</bdi></span></label>`)}
        </fieldset>
        ${poll.reasons === 'never' || (poll.reasons === 'required_for_cannot_support' && !wanted) ? nothing : html`
          <label class="field"><span class="label">${wanted ? _('Why not? A reason is needed for this answer') : _('Why, or what would you change? (optional)')}</span>
            <textarea name="reason" rows="2" dir="auto" maxlength=${LONGEST_REASON} .value=${reason} @input=${this.#write} aria-required=${wanted ? 'true' : nothing}
              aria-invalid=${wanted && refusal && !reason ? 'true' : nothing}></textarea></label>`}
        ${unsent && option ? html`<button class="act big wide" type="submit" ?disabled=${pending}>${_('Send: {answer}', { answer: this.#label(poll, option) })}</button>` : nothing}
      </form>
      ${refusal ? html`<p class="wrong">${refusal}</p>` : nothing}`;
  }

  /** @param {Poll} poll @param {OwnAnswer|undefined} mine */
  #saved(poll, mine) {
    if (this.#answer.pending) return html`<span class="unsaved">${_('Not yet saved: it is sent by itself as soon as the connection allows.')}</span>`;
    if (!mine?.option || !mine.at) return nothing;
    const { meeting } = here(mine.at, this.get('programme')?.time_zone);
    const other = poll.unit === 'delegation' && !mine.by_me;
    return html`<span class="saved">${_('saved {time}', { time: meeting })}</span>
      ${other ? html`<span>${_('given by another member of your delegation')}</span>` : nothing}`;
  }

  /** @param {Poll} poll @param {OwnAnswer|undefined} mine */
  #closed(poll, mine) {
    const { refusal, pending } = this.#answer;
    const own = mine?.option ? _('Your answer: {answer}.', { answer: this.#label(poll, mine.option) }) : '';
    const delegations = mine?.option ? _('Your delegation’s answer: {answer}.', { answer: this.#label(poll, mine.option) }) : '';
    return html`
      ${refusal && !pending ? html`<p class="notice over">${_('Your last answer came too late: the poll had closed.')} ${mine?.option ? _('What was saved before counts.') : _('It was not counted.')}</p>` : nothing}
      ${mine?.eligible && poll.ballot === 'recorded' ? html`<p>${mine.option ? (poll.unit === 'person' ? own : delegations) : _('No answer was given.')}</p>` : nothing}
      ${this.#summary(poll, mine)}`;
  }

  /** @param {Poll} poll @param {OwnAnswer|undefined} mine */
  #summary(poll, mine) {
    return pollSummary(poll, { own: mine?.option ?? null, earlier: earlierRound(poll, (key) => this.get(key)) });
  }

  /** @param {Poll} poll @param {string} option */
  #label(poll, option) {
    const found = poll.options.find((each) => each.id === option);
    return found ? optionLabel(found) : option;
  }

  /** @param {Poll} poll @param {string} option */
  #choose(poll, option) {
    this.#answer.choose(option, { complete: !needsReason(poll, option) || Boolean(this.#answer.reason.trim()) });
  }

  /** @param {Event} event */
  #write(event) {
    this.#answer.write(/** @type {HTMLTextAreaElement} */ (event.target).value);
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    this.#answer.send();
  }
}

customElements.define('participant-poll', ParticipantPoll);
