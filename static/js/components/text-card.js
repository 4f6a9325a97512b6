/**
 * `<text-card>`: a recommendation in front of the moderator: its version, its status, a poll on it, the room display.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { textName } from '../lib/poll_words.js';
import { RECOMMENDATION_STATUSES, recommendationStatusName } from '../lib/recommendation_names.js';
import { amendmentsText } from '../lib/recommendation_people.js';
import { addresseesLine } from './addressees_line.js';
import './clipped-text.js';
import { commandButton } from './command_button.js';
import { checkIcon, downIcon } from './icons.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */

export class TextCard extends SessionElement {
  static properties = { ...SessionElement.properties, text: {} };

  static keys = ['recommendation/', 'display', 'may/', 'me/person'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.text = '';
  }

  render() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.text}`);
    if (!text) return nothing;
    const display = this.get('display');
    const shown = display?.what === 'recommendation' && display.ref === text.id;
    const name = textName(text);
    const more = amendmentsText(text.amendments) || _('Details');
    return html`<article class="text-card" data-status=${text.status} aria-label=${name}>
      <header><p class="name"><b>${text.symbol || _('Recommendation')}</b> <span class="quiet">${_('version {version}', { version: text.version })}</span></p>
        ${this.#status(text)}</header>
      ${text.title ? html`<p dir="auto"><b>${text.title}</b></p>` : nothing}
      <clipped-text .text=${text.text} brackets></clipped-text>
      ${addresseesLine(text.addressees, this.get('programme')?.groups)}
      <div class="row">
        ${commandButton({
          id: `ask-${text.id}`, label: _('Poll on this version'), name: _('Poll on this version: {recommendation}, version {version}', { recommendation: name, version: text.version }),
          whyNot: text.status === 'withdrawn' ? 'not_now' : this.session.whyNot('poll.open') && this.session.whyNot('poll.draft'), run: () => this.#tell('poll-on', text.id),
        })}
        ${commandButton({
          id: `show-${text.id}`, look: 'bare', label: shown ? html`${checkIcon}${_('On the room display')}` : _('Show in the room'), name: `${shown ? _('On the room display') : _('Show in the room')}: ${name}`,
          whyNot: this.session.whyNot('display.show'), run: () => this.act('display.show', shown ? { what: 'list' } : { what: 'recommendation', ref: text.id }),
        })}
        ${commandButton({ id: `text-${text.id}`, look: 'bare', label: more, name: `${more}: ${name}`, whyNot: null, run: () => this.#tell('show-text', text.id) })}
      </div>
    </article>`;
  }

  /** @param {Recommendation} text */
  #status(text) {
    const name = recommendationStatusName(text.status);
    const whyNot = this.session.whyNot('recommendation.status');
    if (whyNot === 'not_allowed') return html`<span class="tag chip">${name}</span>`;
    return html`<button type="button" class="bare small status-button" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Status of {recommendation}: {status}', { recommendation: textName(text), status: name })}
      @click=${(/** @type {Event} */ event) => this.#choose(event, text)}>${name}${downIcon}</button>`;
  }

  /** @param {Event} event @param {Recommendation} text */
  #choose(event, { id, version, status }) {
    const whyNot = this.session.whyNot('recommendation.status');
    const items = RECOMMENDATION_STATUSES.map((each) => ({
      label: recommendationStatusName(each), current: each === status, whyNot, line: each === 'withdrawn', danger: each === 'withdrawn',
      run: () => this.act('recommendation.status', { recommendation: id, status: each }, { expect: { version } }),
    }));
    this.#tell('menu', { opener: event.currentTarget, label: _('Status'), items });
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

customElements.define('text-card', TextCard);
