/**
 * `<position-list>`: who stands where on a recommendation, and the form in which staff write down what somebody stated.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { positionName, POSITIONS_IN_ORDER, whoseText } from '../lib/recommendation_people.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire_documents.js').Position} Position */
/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('../lib/wire.js').Person} Person */

const LONGEST_TEXT = 1_000;
const SPEAKING = new Set(['participant', 'panellist']);

export class PositionList extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {} };

  static keys = ['recommendation/', 'may/', 'me/person', 'programme', 'person/'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
  }

  render() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.recommendation}`);
    if (!text) return nothing;
    const positions = [...text.positions ?? []].reverse();
    return html`${positions.length
      ? html`<ul class="positions">${positions.map((each) => html`<li><p>${this.#whose(each)} ${positionName(each.position)}${each.version === text.version ? nothing : html` <span class="quiet small">(${_('on version {version}', { version: each.version })})</span>`}</p>
        ${each.text ? html`<p class="quiet" dir="auto">${each.text}</p>` : nothing}</li>`)}</ul>`
      : html`<p class="quiet small">${_('Nobody has stated a position.')}</p>`}
      ${this.session.whyNot('recommendation.position') ? nothing : this.#form()}`;
  }

  /** @param {Position} position */
  #whose({ person, taken_by: by }) {
    const known = person ? this.get(`person/${person}`) : null;
    return html`<b><bdi>${known ? nameText(known) : whoseText(by, this.get('programme')?.groups)}</bdi></b>`;
  }

  #form() {
    /** @type {Person[]} */
    const people = this.all('person/').filter(({ role }) => SPEAKING.has(role)).sort((a, b) => (nameText(a) < nameText(b) ? -1 : 1));
    return html`<details class="quiet-part"><summary>${_('Write a position down that was stated')}</summary><form class="stated" @submit=${this.#submit}>
      <label class="field"><span class="label">${_('Who')}</span><select name="person" required><option value=""></option>${people.map((each) => html`<option value=${each.id}>${nameText(each)}${each.organisation ? `, ${each.organisation}` : ''}</option>`)}</select></label>
      <label class="field"><span class="label">${_('Position')}</span><select name="position">${POSITIONS_IN_ORDER.map((each) => html`<option value=${each}>${positionName(each)}</option>`)}<option value="">${_('takes it back')}</option></select></label>
      <label class="field"><span class="label">${_('In their words (optional)')}</span><textarea name="text" rows="2" maxlength=${LONGEST_TEXT} dir="auto"></textarea></label>
      <div class="actions"><button class="act">${_('Write it down')}</button></div>
    </form></details>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const [person, position, text] = ['person', 'position', 'text'].map((name) => String(new FormData(form).get(name)).trim());
    const said = position && text ? { text } : {};
    const answer = await this.act('recommendation.position', { recommendation: this.recommendation, person, position: position || null, ...said });
    if (answer.ok) form.reset();
  }
}

customElements.define('position-list', PositionList);
