/**
 * `<rapporteur-items>`: the notes of all agenda items, each item with its draft on one page.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { call, CallFailed } from '../lib/http.js';
import { _, ngettext } from '../lib/i18n.js';
import { attributionName, noteKindName } from '../lib/note_kinds.js';
import { refusalSentence } from '../lib/refusals.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire_search.js').NoteOfAnItem} NoteOfAnItem */
/** @typedef {import('../lib/wire_documents.js').NoteKind} NoteKind */
/** @typedef {{id: string, number: string, title: string, short_title: string, status: string}} Item */

/** So many notes in all are opened at once; of more, an item is opened by its reader. */
const OPENED_AT_ONCE = 200;

export class RapporteurItems extends SessionElement {
  static properties = { items: { state: true }, notes: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    /** @type {Item[]} */
    this.items = [];
    /** @type {Record<string, NoteOfAnItem[]>|null} */
    this.notes = null;
    this.trouble = '';
  }

  firstUpdated() {
    this.#load();
  }

  render() {
    return html`<section class="items" aria-label=${_('Notes by agenda item')}>
      <div class="row"><button type="button" @click=${this.#load}>${_('Read again')}</button>
        <span class="quiet small" role="status">${this.trouble || (this.notes ? '' : _('Reading the notes of all items…'))}</span></div>
      ${this.notes ? this.items.map((item) => this.#item(item, this.notes?.[item.id] ?? [])) : nothing}
    </section>`;
  }

  /** @param {Item} item @param {NoteOfAnItem[]} notes */
  #item({ id, number, title, short_title: short }, notes) {
    const all = Object.values(this.notes ?? {}).reduce((sum, each) => sum + each.length, 0);
    const address = `/sessions/${encodeURIComponent(id)}`;
    const current = id === document.body.dataset.session;
    return html`<article aria-labelledby="item-${id}">
      <header><h2 id="item-${id}">${number ? `${number} · ` : ''}<bdi>${short || title}</bdi></h2>
        <p class="row"><a class="button" href="${address}/draft?notes=all">${_('Draft on one page')}<span class="visually-hidden">: ${number} ${short || title}</span></a>
          ${current ? nothing : html`<a class="button" href="${address}/rapporteur">${_('Write there')}<span class="visually-hidden">: ${number} ${short || title}</span></a>`}</p></header>
      ${notes.length ? html`<details ?open=${all <= OPENED_AT_ONCE}><summary>${ngettext('{n} note', '{n} notes', notes.length)}</summary>
        <ol role="list">${notes.map((note) => html`<li>${this.#note(note)}</li>`)}</ol></details>` : html`<p class="quiet small">${_('Nothing noted yet.')}</p>`}
    </article>`;
  }

  /** @param {NoteOfAnItem} note */
  #note({ kind, attribution, released, texts }) {
    const whose = [...new Set([texts.name, texts.organisation])].filter(Boolean);
    return html`<p class="small"><b>${noteKindName(/** @type {NoteKind} */ (kind))}</b> <span class="quiet">${attribution ? html`· ${attributionName(attribution)}` : nothing}${
      whose.map((part) => html` · <bdi>${part}</bdi>`)}</span>${released ? html` <span class="tag chip">${_('Released')}</span>` : nothing}</p>
      <p class="words" dir="auto">${texts.text}</p>`;
  }

  async #load() {
    this.trouble = '';
    try {
      const [{ sessions }, { notes }] = await Promise.all([call('GET', '/api/me'), call('GET', '/api/workshop/notes')]);
      Object.assign(this, { items: sessions, notes });
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      this.trouble = failed.message || refusalSentence(failed.code === 'unreachable' ? 'not_connected' : failed.code);
    }
  }
}

customElements.define('rapporteur-items', RapporteurItems);
