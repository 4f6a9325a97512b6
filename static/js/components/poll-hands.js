/**
 * `<poll-hands>`: the hands counted in the room. What somebody is typing is not overwritten by what a colleague saved.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { optionLabel } from '../lib/poll_words.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */

const MOST = 100_000;

export class PollHands extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {}, wrong: { state: true } };

  static keys = ['poll/', 'may/', 'me/person'];

  /** What is typed and not saved, by field. @type {Map<string, string>} */
  #typed = new Map();

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
    this.wrong = '';
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll || this.session.whyNot('poll.room_tally') === 'not_allowed') return nothing;
    const { counts = {}, present = null } = poll.room_tally ?? {};
    return html`<form class="hands" novalidate @submit=${(/** @type {Event} */ event) => this.#save(event, poll)}>
      <fieldset class="field"><legend class="label">${_('Hands in the room')}</legend>
        <div class="hands-fields">
          ${poll.options.map((option) => this.#field(option.id, optionLabel(option), /** @type {Record<string, number>} */ (counts)[option.id] ?? null))}
          ${this.#field('present', _('Present in the room'), present)}
        </div></fieldset>
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
      <button>${_('Save the counts')}</button>
    </form>`;
  }

  /** @param {string} id @param {string} label @param {number|null} saved */
  #field(id, label, saved) {
    return html`<label class="hands-field"><span><bdi>${label}</bdi></span><input type="number" inputmode="numeric" min="0" max=${MOST} name=${id}
      .value=${this.#typed.get(id) ?? String(saved ?? '')} @input=${(/** @type {Event} */ event) => this.#typed.set(id, /** @type {HTMLInputElement} */ (event.target).value)}></label>`;
  }

  /** @param {Event} event @param {Poll} poll */
  async #save(event, poll) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const counts = Object.fromEntries(poll.options.map(({ id }) => [id, Number(fields.get(id))]));
    const sum = Object.values(counts).reduce((all, each) => all + each, 0);
    const present = Number(fields.get('present'));
    const whole = [...Object.values(counts), present].every((each) => Number.isInteger(each) && each >= 0 && each <= MOST);
    this.wrong = !fields.get('present') ? _('Say how many are present in the room.')
      : !whole ? _('Whole numbers only, none below zero.')
        : sum > present ? _('More hands than people present: {hands} of {present}.', { hands: sum, present }) : '';
    if (this.wrong) return;
    const answer = await this.act('poll.room_tally', { poll: poll.id, counts, present });
    if (answer.ok) this.#typed.clear();
  }
}

customElements.define('poll-hands', PollHands);
