/**
 * `<version-history>`: all versions of a recommendation, and what changed in words between any two.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { call } from '../lib/http.js';
import { _ } from '../lib/i18n.js';
import { bracketed } from './bracketed_text.js';
import { SessionElement } from './session_element.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('../lib/wire_documents.js').Version} Version */

export class VersionHistory extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {}, from: { state: true }, to: { state: true }, versions: { state: true }, failed: { state: true } };

  static keys = ['recommendation/'];

  /** Which recommendation and which version were asked for last. */
  #asked = '';

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
    /** @type {Version[]} */
    this.versions = [];
    /** The versions that are compared; 0: the one before the last, and the last. */
    this.from = 0;
    this.to = 0;
    this.failed = false;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('recommendation')) Object.assign(this, { from: 0, to: 0, versions: [] });
    const wanted = `${this.recommendation} ${this.#text()?.version}`;
    if (!this.#text() || wanted === this.#asked) return;
    this.#asked = wanted;
    this.#load();
  }

  render() {
    const known = this.#known();
    const to = known.find(({ version }) => version === this.to) ?? known.at(-1);
    if (!to) return nothing;
    const before = known.findLast(({ version }) => version < to.version);
    const from = known.find(({ version }) => version === this.from) ?? before;
    const taken = to.amendment ? html`<p class="quiet small">${_('Version {version} has taken in an amendment.', { version: to.version })}</p>` : nothing;
    if (known.length < 2) return html`<p class="quiet small">${_('There is one version.')}</p>`;
    return html`<div class="row compare">
        <label>${_('From version')} ${this.#choice('from', from?.version ?? 0, known)}</label>
        <label>${_('to version')} ${this.#choice('to', to.version, known)}</label>
      </div>
      <p class="changes" dir="auto" aria-live="polite">${from && from !== to ? wordChanges(from.text, to.text) : bracketed(to.text)}</p>${taken}
      ${this.failed ? html`<p class="quiet small">${_('Earlier versions could not be fetched.')} <button type="button" class="bare" @click=${this.#load}>${_('Try again')}</button></p>` : nothing}`;
  }

  /** @param {'from'|'to'} which @param {number} chosen @param {Version[]} known */
  #choice(which, chosen, known) {
    const choose = (/** @type {Event} */ { target }) => { this[which] = Number(/** @type {HTMLSelectElement} */ (target).value); };
    return html`<select name=${which} @change=${choose}>${known.map(({ version }) => html`<option value=${version} ?selected=${version === chosen}>${version}</option>`)}</select>`;
  }

  /** @returns {Recommendation|undefined} */
  #text() {
    return this.get(`recommendation/${this.recommendation}`);
  }

  /** Those fetched, and those that the map has: it may be ahead. @returns {Version[]} */
  #known() {
    const text = this.#text();
    if (!text) return [];
    const { title, addressees } = text;
    const standing = { version: text.version, text: text.text, title, addressees, at: text.revised_at, amendment: text.amendments?.find((each) => each.taken_in === text.version)?.id ?? null };
    const previous = text.previous ? [{ ...text.previous, title, addressees, at: text.proposed_at, amendment: null }] : [];
    const all = new Map([...previous, standing, ...this.versions].map((each) => [each.version, each]));
    return [...all.values()].sort((a, b) => a.version - b.version);
  }

  async #load() {
    const id = this.recommendation;
    try {
      const { recommendations } = await call('GET', `/api/sessions/${encodeURIComponent(document.body.dataset.session ?? '')}/history`);
      if (id !== this.recommendation) return;
      this.failed = false;
      this.versions = recommendations.find((/** @type {{id: string}} */ each) => each.id === id)?.versions ?? [];
      this.dispatchEvent(new CustomEvent('versions', { detail: this.versions }));
    } catch {
      this.failed = true;
    }
  }
}

customElements.define('version-history', VersionHistory);
