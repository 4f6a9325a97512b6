/**
 * `<board-card>`: a recommendation on the board: what it says, how far it has come, and what waits for an answer.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { hasBrackets } from '../lib/brackets.js';
import { _ } from '../lib/i18n.js';
import { textName } from '../lib/poll_words.js';
import { openPolls } from '../lib/polls.js';
import { RECOMMENDATION_STATUSES, recommendationStatusName } from '../lib/recommendation_names.js';
import { amendmentsText, positionsText, whoseText } from '../lib/recommendation_people.js';
import './clipped-text.js';
import { commandButton } from './command_button.js';
import { downIcon } from './icons.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */

export class BoardCard extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {}, later: { type: Number } };

  static keys = ['recommendation/', 'poll/', 'may/', 'me/person', 'programme'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
    /** The version that stands where it was brought from, if that is a later one; 0 otherwise. */
    this.later = 0;
  }

  render() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.recommendation}`);
    if (!text) return nothing;
    const name = textName(/** @type {any} */ (text));
    const whose = whoseText(text.proposed_by ?? null, this.get('programme')?.groups);
    return html`<article class="board-card card" aria-labelledby="board-${text.id}">
      <header><h4 id="board-${text.id}">${text.symbol || _('New')}${text.title ? html` <bdi>${text.title}</bdi>` : nothing}</h4></header>
      <p class="quiet small">${_('version {version}', { version: text.version })}${whose ? html` · <bdi>${whose}</bdi>` : nothing}</p>
      <clipped-text .text=${text.text} brackets></clipped-text>
      ${this.#marks(text)}
      <div class="row">
        ${commandButton({ id: `details-${text.id}`, label: _('Details'), name: `${_('Details')}: ${name}`, whyNot: null, run: () => this.#tell('show-text', text.id) })}
        <button type="button" class="bare small status-button" data-status-of=${text.id} aria-haspopup="menu" aria-expanded="false"
          aria-label=${`${_('Status')}: ${name}, ${recommendationStatusName(text.status)}`} @click=${this.#choose}>${_('Status')}${downIcon}</button>
      </div>
    </article>`;
  }

  /** @param {Recommendation} text */
  #marks(text) {
    const open = openPolls(this.all('poll/')).some(({ recommendation }) => recommendation === text.id);
    const marks = [
      hasBrackets(text.text) ? _('has square brackets') : '', amendmentsText(text.amendments), positionsText(text.position_counts),
      open ? _('poll open') : '', this.later ? _('version {version} stands where it came from', { version: this.later }) : '',
    ].filter(Boolean);
    return marks.length ? html`<ul class="marks">${marks.map((mark) => html`<li class="tag chip">${mark}</li>`)}</ul>` : nothing;
  }

  /** @param {Event} event */
  #choose({ currentTarget: opener }) {
    /** @type {Recommendation} */
    const { id, version, status } = this.get(`recommendation/${this.recommendation}`);
    const whyNot = this.session.whyNot('recommendation.status');
    const items = RECOMMENDATION_STATUSES.map((each) => ({
      label: recommendationStatusName(each), current: each === status, whyNot, line: each === 'withdrawn', danger: each === 'withdrawn',
      run: () => this.act('recommendation.status', { recommendation: id, status: each }, { expect: { version } }),
    }));
    this.#tell('menu', { opener, label: _('Status'), items });
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

customElements.define('board-card', BoardCard);
