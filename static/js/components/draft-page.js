/**
 * `<draft-page>`: a draft of what the report may say of one agenda item, to read, to copy, to print and to carry away.
 */

import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { call, CallFailed } from '../lib/http.js';
import { _ } from '../lib/i18n.js';
import { refusalSentence } from '../lib/refusals.js';
import { say } from './announcer.js';
import { toast } from './toast.js';

/** @typedef {{text: string, aside: string, lines: string[]}} Point */
/** @typedef {{title: string, points: Point[]}} Section */
/** @typedef {{language: string, direction: string, title: string, facts: [string, string][], scope: string, sections: Section[]}} Draft */

export class DraftPage extends LitElement {
  static properties = { draft: { state: true }, notes: { state: true }, trouble: { state: true } };

  #session = encodeURIComponent(document.body.dataset.session ?? '');

  constructor() {
    super();
    /** @type {Draft|null} */
    this.draft = null;
    /** @type {'released'|'all'} */
    this.notes = new URLSearchParams(location.search).get('notes') === 'all' ? 'all' : 'released';
    this.trouble = '';
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.#load();
  }

  render() {
    return html`<header class="draft-head">
        <a class="button bare" href="/sessions/${this.#session}">${_('Back to the session')}</a>
        <div class="row" role="group" aria-label=${_('Which notes')}>${this.#choice('released', _('Released notes'))}${this.#choice('all', _('All notes'))}</div>
        <div class="row push">
          <button type="button" ?disabled=${!this.draft} @click=${this.#copy}>${_('Copy as Markdown')}</button>
          <a class="button" href=${this.#address('md')} download>${_('Download as Markdown')}</a>
          <button type="button" class="act" ?disabled=${!this.draft} @click=${() => print()}>${_('Print')}</button>
        </div>
      </header>
      <main id="main" tabindex="-1" class="draft" aria-busy=${this.draft || this.trouble ? 'false' : 'true'}>
        ${this.trouble ? html`<p class="notice over" role="alert">${this.trouble} <button type="button" @click=${this.#load}>${_('Try again')}</button></p>` : nothing}
        ${this.draft ? this.#page(this.draft) : this.trouble ? nothing : html`<p class="quiet" role="status">${_('The draft is being put together…')}</p>`}
      </main>`;
  }

  /** @param {Draft} draft */
  #page({ language, direction, title, facts, scope, sections }) {
    return html`<article lang=${language} dir=${direction}>
      <p class="label">${_('Draft')}</p>
      <h1 dir="auto">${title}</h1>
      <dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>`)}</dl>
      <p class="quiet small">${scope}</p>
      ${sections.length ? nothing : html`<p>${_('Nothing has been noted that could be in it.')}</p>`}
      ${sections.map((section) => html`<section><h2>${section.title}</h2><ul role="list">${section.points.map((point) => this.#point(point))}</ul></section>`)}
    </article>`;
  }

  /** @param {Point} point */
  #point({ text, aside, lines }) {
    return html`<li dir="auto"><span class="text">${text}</span>${aside ? html` <span class="quiet">(<bdi>${aside}</bdi>)</span>` : nothing}${
      lines.length ? html`<ul role="list">${lines.map((line) => html`<li dir="auto">${line}</li>`)}</ul>` : nothing}</li>`;
  }

  /** @param {'released'|'all'} notes @param {string} words */
  #choice(notes, words) {
    const choose = () => { this.notes = notes; this.#load(); };
    return html`<button type="button" aria-pressed=${String(notes === this.notes)} @click=${choose}>${words}</button>`;
  }

  /** @param {'json'|'md'} format */
  #address(format) {
    return `/api/sessions/${this.#session}/draft.${format}?notes=${this.notes}`;
  }

  async #load() {
    const { notes } = this;
    this.trouble = '';
    this.draft = null;
    try {
      const draft = await call('GET', this.#address('json'));
      if (notes !== this.notes) return;
      this.draft = draft;
      say(_('The draft is ready.'));
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      if (notes === this.notes) this.trouble = failed.message || refusalSentence(failed.code === 'unreachable' ? 'not_connected' : failed.code);
    }
  }

  async #copy() {
    const markdown = await fetch(this.#address('md'), { credentials: 'same-origin' }).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
    const copied = markdown !== null && await copy(markdown);
    toast(copied ? _('Copied.') : _('It could not be copied. Please download it instead.'));
  }
}

/** Over plain HTTP browsers have no clipboard for scripts but this. @param {string} text */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'visually-hidden' });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

customElements.define('draft-page', DraftPage);
