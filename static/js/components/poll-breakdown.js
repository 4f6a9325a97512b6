/**
 * `<poll-breakdown>`: how the answers from the app spread over groups, room and remote, and regions, as text and as bars.
 */

import { html, nothing, svg } from '/static/vendor/lit.js';
import { dimensionName, shareName } from '../lib/balance.js';
import { _ } from '../lib/i18n.js';
import { optionLabel } from '../lib/poll_words.js';
import { PollLookup } from './poll_lookup.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {'group'|'attendance'|'region'} By */
/** @typedef {[string, Record<string, number>]} Row */

/** @type {By[]} */
const DIMENSIONS = ['group', 'attendance', 'region'];
/** So many parts of a bar can be told apart. */
const TONES = 6;

export class PollBreakdown extends SessionElement {
  static properties = { ...SessionElement.properties, poll: {}, by: { state: true } };

  static paced = true;

  static keys = ['poll/', 'programme'];

  #lookup = new PollLookup(this);

  constructor() {
    super();
    /** Its id. */
    this.poll = '';
    /** @type {By} */
    this.by = 'group';
  }

  render() {
    /** @type {Poll|undefined} */
    const poll = this.get(`poll/${this.poll}`);
    if (!poll || poll.status === 'drafted' || poll.ballot !== 'recorded') return nothing;
    // An answer that is changed leaves their number as it is.
    const stamp = [poll.status, poll.answered, ...Object.values(poll.tally ?? {})].join();
    this.#lookup.follow(`/api/sessions/${encodeURIComponent(this.session.id)}/polls/${encodeURIComponent(poll.id)}/breakdown`, stamp);
    return html`<details class="look-up" @toggle=${(/** @type {Event} */ event) => this.#lookup.toggled(event)}>
      <summary>${_('By group, attendance and region')}</summary>${this.#content(poll)}
    </details>`;
  }

  /** @param {Poll} poll */
  #content(poll) {
    const { found, problem } = this.#lookup;
    if (problem) return html`<p class="small wrong">${problem}</p>`;
    if (!found) return html`<p class="small quiet">${_('Just a moment…')}</p>`;
    /** @type {Row[]} */
    const rows = Object.entries(found[this.by]);
    return html`
      <div class="choices" role="group" aria-label=${_('Answers by')}>${DIMENSIONS.map((each) => html`<button type="button" aria-pressed=${String(each === this.by)} @click=${() => { this.by = each; }}>${dimensionName(each)}</button>`)}</div>
      ${rows.length ? html`<ul class="bars small">${rows.map((row) => this.#row(poll, row))}</ul>` : html`<p class="small quiet">${_('Nothing yet.')}</p>`}
      <p class="small quiet">${_('Answers from the app, by what those who gave them were when the poll opened. For staff: small numbers can give somebody away.')}</p>`;
  }

  /** @param {Poll} poll @param {Row} row */
  #row({ options }, [id, counts]) {
    const all = options.reduce((sum, option) => sum + counts[option.id], 0);
    const figures = options.filter((option) => counts[option.id]).map((option) => `${optionLabel(option)} ${counts[option.id]}`);
    return html`<li><span class="bar-label"><bdi>${id ? shareName(this.by, id, this.get('programme')?.groups ?? []) : _('Not said')}</bdi></span><span class="bar-number"><b>${all}</b></span>
      ${stacked(options.map((option) => counts[option.id]), all)}
      <small class="bar-change">${figures.map((figure, index) => html`${index ? ' · ' : nothing}<bdi>${figure}</bdi>`)}</small></li>`;
  }
}

/** One bar, a part for each option in the poll's order; the numbers stand in words below. @param {number[]} counts @param {number} all */
function stacked(counts, all) {
  let at = 0;
  return html`<svg class="bar stacked" aria-hidden="true">${counts.map((count, index) => {
    const x = at;
    at += (count * 100) / all;
    return svg`<rect class=${`part part-${index % TONES}`} x=${`${x}%`} width=${`${(count * 100) / all}%`} height="100%"></rect>`;
  })}</svg>`;
}

customElements.define('poll-breakdown', PollBreakdown);
