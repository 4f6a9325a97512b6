/**
 * `<participant-polls>`: the polls that are open, in front, and those that closed while one was looking.
 *
 * Where one is about to speak, or is typing, a poll waits behind a quiet line.
 */
import { html, nothing, repeat } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import '/static/js/components/participant-poll.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { aboutText } from '/static/js/lib/poll_words.js';
import { inTime, isOver, openPolls } from '/static/js/lib/polls.js';

/** @typedef {import('/static/js/lib/polls.js').Poll} Poll */

class ParticipantPolls extends SessionElement {
  static properties = { ...SessionElement.properties, behind: { type: Boolean }, fetched: { state: true } };

  static keys = ['poll/', 'recommendation/'];

  /** Polls seen open and not put away since. @type {Set<string>} */
  #shown = new Set();

  /** Those that came while something else was under the finger. @type {Set<string>} */
  #held = new Set();

  /** @type {Map<string, string>} */
  #told = new Map();

  #left = () => setTimeout(() => {
    if (!typing()) this.#release();
  });

  constructor() {
    super();
    /** Something else is what the person has to look at now. */
    this.behind = false;
    /** The person asked for the polls all the same. */
    this.fetched = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('focusout', this.#left);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('focusout', this.#left);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('behind') && !this.behind) this.fetched = false;
    for (const { id } of openPolls(this.#all())) {
      if (!this.#shown.has(id) && typing()) this.#held.add(id);
      this.#shown.add(id);
    }
  }

  render() {
    const polls = inTime(this.#all()).filter(({ id }) => this.#shown.has(id));
    const waiting = polls.filter(({ id, status }) => status === 'open' && !this.fetched && (this.behind || this.#held.has(id)));
    const inFront = this.behind && !this.fetched ? [] : polls.filter((poll) => !waiting.includes(poll));
    return html`
      ${waiting.length ? html`<div class="notice poll-waits"><p>${waiting.map((poll, index) => html`${index ? ' · ' : nothing}${_('A poll is open: {about}', { about: this.#about(poll) })}`)}</p>
        <button @click=${this.#fetch}>${_('Show the poll')}</button></div>` : nothing}
      ${repeat(inFront, ({ id }) => id, (poll) => html`<participant-poll .session=${this.session} .poll=${poll.id}></participant-poll>
        ${isOver(poll) ? html`<button class="wide" @click=${() => this.#putAway(poll.id)}>${_('Put this result away')}</button>` : nothing}`)}`;
  }

  updated() {
    for (const poll of this.#all()) {
      const before = this.#told.get(poll.id);
      if (poll.status === 'open' && before !== 'open') say(_('A poll is open: {about}', { about: this.#about(poll) }));
      else if (before === 'open') say(_('The poll is closed: {about}', { about: this.#about(poll) }));
      this.#told.set(poll.id, poll.status === 'open' ? 'open' : 'over');
    }
    this.dispatchEvent(new CustomEvent('front', { detail: Boolean(this.querySelector('participant-poll')), bubbles: true }));
  }

  /** @returns {Poll[]} */
  #all() {
    return this.all('poll/');
  }

  /** @param {Poll} poll */
  #about(poll) {
    return aboutText(poll, this.get(`recommendation/${poll.recommendation}`));
  }

  #fetch() {
    this.fetched = true;
    this.#release();
    this.updateComplete.then(() => this.querySelector('participant-poll')?.scrollIntoView({ block: 'start' }));
  }

  #release() {
    if (!this.#held.size) return;
    this.#held.clear();
    this.requestUpdate();
  }

  /** @param {string} id */
  #putAway(id) {
    this.#shown.delete(id);
    this.requestUpdate();
  }
}

/** Whether a person is writing into a field outside the polls. */
function typing() {
  const at = document.activeElement;
  return Boolean(at?.matches('input[type="text"], input:not([type]), textarea') && !at.closest('participant-polls'));
}

customElements.define('participant-polls', ParticipantPolls);
