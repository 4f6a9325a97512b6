/**
 * `<poll-card>`: a poll in front of the moderator: the numbers as they come, closing, publishing, what follows from it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { earlierRound, roundName } from '../lib/poll_rounds.js';
import { aboutText, optionLabel, termsLine } from '../lib/poll_words.js';
import { isOver, polledText, resultIsPublic } from '../lib/polls.js';
import { givesAwaySentence } from '../lib/secret_poll_words.js';
import './clipped-text.js';
import { commandButton } from './command_button.js';
import { checkIcon } from './icons.js';
import './poll-breakdown.js';
import './poll-hands.js';
import { pollSummary } from './poll_summary.js';
import './poll-unanswered.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */

export class PollCard extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {}, closing: { state: true } };

  static keys = ['poll/', 'recommendation/', 'display', 'may/', 'me/person'];

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
    /** Whether it was asked to close it. */
    this.closing = false;
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll) return nothing;
    const about = aboutText(poll, this.get(`recommendation/${poll.recommendation}`));
    const earlier = earlierRound(poll, (key) => this.get(key));
    return html`<article class="poll-card" data-status=${poll.status} aria-label=${_('Poll: {about}', { about })}>
      <header><p class="name"><b>${about}</b>${poll.round > 1 ? html` <span class="quiet">${roundName(poll)}</span>` : nothing}</p>${this.#tag(poll)}</header>
      ${this.#what(poll)}
      <p class="quiet small">${termsLine(poll)}</p>
      ${poll.status === 'drafted' ? html`<p>${poll.options.map((option, index) => html`${index ? ' · ' : nothing}<bdi>${optionLabel(option)}</bdi>`)}</p>` : pollSummary(poll, { earlier })}
      ${poll.gives_away ? html`<p class="notice now small">${givesAwaySentence(poll)}</p>` : nothing}
      <poll-unanswered .session=${this.session} .poll=${poll.id}></poll-unanswered>
      <poll-breakdown .session=${this.session} .poll=${poll.id}></poll-breakdown>
      ${this.#hands(poll)}
      <div class="row">${poll.status === 'drafted' ? this.#draft(poll) : poll.status === 'open' ? this.#open(poll) : this.#over(poll)}${poll.status === 'open' && this.closing ? nothing : this.#shows(poll)}</div>
    </article>`;
  }

  /** @param {Poll} poll */
  #tag({ status }) {
    if (status === 'open') return html`<span class="tag ready">${_('open')}</span>`;
    return html`<span class="tag chip">${{ drafted: _('prepared'), closed: _('closed'), published: _('published') }[status]}</span>`;
  }

  /** @param {Poll} poll */
  #what(poll) {
    if (!poll.recommendation) return html`<clipped-text .text=${poll.question}></clipped-text>`;
    const text = this.get(`recommendation/${poll.recommendation}`);
    if (poll.status !== 'drafted' && polledText(poll, text)?.revised !== false) return html`<p class="small">${_('The text has been revised since.')}</p>`;
    return text?.title ? html`<p dir="auto">${text.title}</p>` : nothing;
  }

  /** @param {Poll} poll */
  #hands({ id, room, status }) {
    if (room !== 'by_hands' || !['open', 'closed'].includes(status)) return nothing;
    const form = html`<poll-hands .session=${this.session} .poll=${id}></poll-hands>`;
    return status === 'open' ? form : html`<details class="hands-later"><summary>${_('Correct the hands in the room')}</summary>${form}</details>`;
  }

  /** @param {Poll} poll */
  #draft(poll) {
    const version = this.get(`recommendation/${poll.recommendation}`)?.version;
    return commandButton({
      id: `open-${poll.id}`, look: 'act', label: version ? _('Open on version {version}', { version }) : _('Open the poll'), whyNot: this.session.whyNot('poll.open'),
      run: () => this.act('poll.open', { poll: poll.id }, version ? { expect: { version } } : {}),
    });
  }

  /** Closing cannot be undone: it asks once, in place. @param {Poll} poll */
  #open(poll) {
    const whyNot = this.session.whyNot('poll.close');
    if (!this.closing) return commandButton({ id: `close-${poll.id}`, label: _('Close the poll…'), whyNot, run: () => { this.closing = true; } });
    return html`<p class="small ask-once" role="status">${_('Nobody can answer afterwards, and this cannot be undone.')}</p>
      ${commandButton({ id: `close-${poll.id}`, look: 'act', label: _('Close it'), whyNot, run: () => this.#close(poll) })}
      <button type="button" @click=${() => { this.closing = false; }}>${_('Not yet')}</button>`;
  }

  /** @param {Poll} poll */
  #over(poll) {
    return html`
      ${poll.status === 'closed' ? commandButton({
        id: `publish-${poll.id}`, look: poll.results === 'when_published' ? 'act' : '', label: _('Publish'), name: _('Publish the result'), whyNot: this.session.whyNot('poll.publish'),
        run: () => this.act('poll.publish', { poll: poll.id }, { expect: { poll: poll.id } }),
      }) : nothing}
      ${commandButton({
        id: `outcome-${poll.id}`, label: poll.outcome ? _('Change the outcome…') : _('Write the outcome…'), whyNot: this.session.whyNot('poll.outcome'),
        run: () => this.#tell('poll-outcome', poll.id),
      })}
      ${this.all('poll/').some(({ again }) => again === poll.id) ? nothing : commandButton({
        id: `again-${poll.id}`, label: _('Ask again…'), name: _('Ask again: prepare the next round'), whyNot: this.session.whyNot('poll.again'), run: () => this.#again(poll),
      })}`;
  }

  /** @param {Poll} poll */
  #shows(poll) {
    if (poll.status === 'drafted') return nothing;
    const what = isOver(poll) ? 'result' : 'poll';
    const display = this.get('display');
    const shown = display?.what === what && display.ref === poll.id;
    const label = shown ? html`${checkIcon}${_('On the room display')}` : what === 'poll' ? _('Show in the room') : _('Show the result');
    return commandButton({
      id: `room-${poll.id}`, look: 'bare', label, whyNot: what === 'result' && !resultIsPublic(poll) ? 'not_now' : this.session.whyNot('display.show'),
      run: () => this.act('display.show', shown ? { what: 'list' } : { what, ref: poll.id }),
    });
  }

  /** @param {Poll} poll */
  async #close(poll) {
    const answer = await this.act('poll.close', { poll: poll.id }, { expect: { poll: poll.id } });
    this.closing = false;
    if (answer.ok) this.#tell('poll-outcome', poll.id);
  }

  /** The next round is prepared, and opened where it stands then. @param {Poll} poll */
  async #again(poll) {
    const answer = await this.act('poll.again', { poll: poll.id });
    if (answer.ok) this.#tell('poll-prepared', poll.id);
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    // The card may have moved to another place of the page meanwhile.
    const from = this.isConnected ? this : document.querySelector('polls-panel > section');
    from?.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

customElements.define('poll-card', PollCard);
