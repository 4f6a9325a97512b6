/**
 * `<recommendation-chain>`: from what was said to what came of it, in a line: intervention, note, text, poll, outcome.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { inTime } from '../lib/polls.js';
import { SessionElement } from './session_element.js';
import { nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('../lib/polls.js').Poll} Poll */

/** @type {Record<Poll['status'], () => string>} */
const POLLS = {
  drafted: () => _('Poll asked for'),
  open: () => _('Poll open'),
  closed: () => _('Poll closed'),
  published: () => _('Poll published'),
};

export class RecommendationChain extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {} };

  static keys = ['recommendation/', 'note/', 'intervention/', 'poll/', 'person/'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
  }

  render() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.recommendation}`);
    if (!text) return nothing;
    return html`<ol class="chain" aria-label=${_('Where it came from, and what came of it')}>
      ${this.#origin(text)}<li aria-current="step"><b>${text.symbol}</b> ${_('version {version}', { version: text.version })}</li>${this.#polls(text)}
    </ol>`;
  }

  /** @param {Recommendation} text */
  #origin({ note: id, brought_from: source, brought_version: version, by, proposed_by: offered }) {
    if (source) return html`<li><a href="/sessions/${encodeURIComponent(source)}/rapporteur">${_('Version {version} of another session', { version: version ?? '' })}</a></li>`;
    if (offered) return html`<li>${nameOf(this.get(`person/${by}`))}</li>`;
    const note = this.get(`note/${id}`);
    if (!note) return nothing;
    const said = note.intervention ? this.get(`intervention/${note.intervention}`) : null;
    const who = said ? nameText(this.get(`person/${said.person}`)) : _('What was said');
    return html`${note.intervention ? html`<li>${this.#link('show-intervention', note.intervention, who)}</li>` : nothing}
      <li>${this.#link('show-note', note.id, _('Note'))}</li>`;
  }

  /** A link where the page can lead there: on the writing desk. @param {string} name @param {string} id @param {string} label */
  #link(name, id, label) {
    if (document.body.dataset.page !== 'rapporteur') return html`<bdi>${label}</bdi>`;
    const go = () => {
      this.dispatchEvent(new CustomEvent('leave', { bubbles: true }));
      document.dispatchEvent(new CustomEvent(name, { detail: id }));
    };
    return html`<button type="button" class="bare" @click=${go}><bdi>${label}</bdi></button>`;
  }

  /** @param {Recommendation} text */
  #polls({ id }) {
    const polls = inTime(this.all('poll/').filter(({ recommendation }) => recommendation === id));
    return polls.map((poll) => html`<li>${POLLS[poll.status]()}${poll.version ? ` (${_('version {version}', { version: poll.version })})` : ''}</li>
      ${poll.outcome ? html`<li><span dir="auto">${poll.outcome}</span></li>` : nothing}`);
  }
}

customElements.define('recommendation-chain', RecommendationChain);
