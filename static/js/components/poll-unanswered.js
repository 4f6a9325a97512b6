/**
 * `<poll-unanswered>`: who has not answered an open poll yet, by name; never what anybody answered.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { PollLookup } from './poll_lookup.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {{unit: string, count: number, names: {id: string, name: string, organisation: string, members: number}[]}} Unanswered */

export class PollUnanswered extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {} };

  static paced = true;

  static keys = ['poll/'];

  #lookup = new PollLookup(this);

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (poll?.status !== 'open') return nothing;
    this.#lookup.follow(`/api/sessions/${encodeURIComponent(this.session.id)}/polls/${encodeURIComponent(poll.id)}/unanswered`, poll.answered);
    const missing = poll.eligible - poll.answered;
    return html`<details class="look-up" @toggle=${(/** @type {Event} */ event) => this.#lookup.toggled(event)}>
      <summary>${_('Not yet answered')} · ${missing}</summary>${this.#names()}
    </details>`;
  }

  #names() {
    const { found, problem } = this.#lookup;
    if (problem) return html`<p class="small wrong">${problem}</p>`;
    if (!found) return html`<p class="small quiet">${_('Just a moment…')}</p>`;
    const { names, count } = /** @type {Unanswered} */ (found);
    if (!count) return html`<p class="small quiet">${_('All have answered.')}</p>`;
    return html`<ul class="missing small">${names.map(({ name, organisation, members }) => html`<li><bdi>${name}</bdi>${organisation ? html` <bdi class="quiet">${organisation}</bdi>` : nothing}${
      members > 1 ? html` <span class="quiet">${ngettext('{n} member', '{n} members', members)}</span>` : nothing}</li>`)}</ul>
      ${count > names.length ? html`<p class="small quiet">${ngettext('and {n} more', 'and {n} more', count - names.length)}</p>` : nothing}`;
  }
}

customElements.define('poll-unanswered', PollUnanswered);
