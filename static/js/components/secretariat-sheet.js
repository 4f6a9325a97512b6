/**
 * `<secretariat-sheet>`: QR codes to print and cut: a personal link each, or the join code for everybody.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { call, CallFailed } from '/static/js/lib/http.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { spaced } from '/static/js/lib/join_code.js';
import { pictureOf } from '/static/js/lib/pictures.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

/** @typedef {import('/static/js/components/secretariat-people.js').Listed} Listed */
/** @typedef {{person: Listed, url: string, svg: string}} Card */

const PER_PAGE = 8;

class SecretariatSheet extends LitElement {
  static properties = { me: { state: true }, people: { state: true }, what: { state: true }, cards: { state: true }, busy: { state: true }, trouble: { state: true }, printed: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.me = null;
    /** @type {Listed[]} */
    this.people = [];
    /** @type {'people'|'code'} */
    this.what = 'people';
    /** @type {Card[]} */
    this.cards = [];
    this.busy = false;
    this.trouble = '';
    this.printed = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#attempt(async () => {
      [this.me, this.people] = await Promise.all([call('GET', '/api/me'), call('GET', '/api/people')]);
    });
    addEventListener('afterprint', () => { this.printed = true; });
    addEventListener('beforeunload', (event) => { if (this.cards.length && !this.printed) event.preventDefault(); });
  }

  render() {
    return html`
      <header class="sheet-head">
        <div class="sheet-title"><a href="/secretariat">${_('Back to the secretariat')}</a><h1>${_('QR sheet to print')}</h1></div>
        <fieldset class="field sheet-what">
          <legend class="label">${_('On the sheet')}</legend>
          ${this.#choice('people', ngettext('A personal link for {n} person', 'Personal links for {n} people', this.people.length))}
          ${this.#choice('code', _('The join code only, the same for everybody'))}
        </fieldset>
        ${this.what === 'people' ? this.#making() : nothing}
        ${this.trouble ? html`<p class="notice over" role="status">${this.trouble}</p>` : nothing}
        <button class=${this.#pages().length ? 'act' : ''} ?disabled=${!this.#pages().length || this.busy} @click=${() => print()}>${_('Print')}</button>
      </header>
      <main class="sheets" id="main" tabindex="-1">${this.#pages()}</main>`;
  }

  /**
   * @param {'people'|'code'} what
   * @param {string} words
   */
  #choice(what, words) {
    return html`<label class="check"><input type="radio" name="what" .checked=${this.what === what} ?disabled=${this.busy} @change=${() => { this.what = what; }}><span>${words}</span></label>`;
  }

  #making() {
    const left = this.people.length - this.cards.length;
    const rest = this.cards.length ? _('Go on with the other {n}', { n: left }) : ngettext('Make {n} link', 'Make {n} links', left);
    return html`
      <p class="notice now">${_('New links are made and shown here once; their keys are stored nowhere in the clear. Links made earlier stay valid: revoke them on the secretariat’s page if a sheet was lost.')}</p>
      ${left > 0 ? html`<button class="act" ?disabled=${this.busy} @click=${this.#make}>${this.busy ? _('{n} of {all} made …', { n: this.cards.length, all: this.people.length }) : rest}</button>` : nothing}`;
  }

  #pages() {
    if (!this.me) return [];
    const cards = this.what === 'code' ? Array.from({ length: PER_PAGE }, () => this.#joinCard()) : this.cards.map((card) => this.#card(card));
    const pages = [];
    for (let from = 0; from < cards.length; from += PER_PAGE) {
      pages.push(html`<section class="sheet" aria-label=${_('Page {n}', { n: from / PER_PAGE + 1 })}>${cards.slice(from, from + PER_PAGE)}</section>`);
    }
    return pages;
  }

  /** @param {Card} card */
  #card({ person, url, svg }) {
    return html`
      <article class="cut">
        <img class="qr" src=${pictureOf(svg)} alt=${_('QR code of the link of {name}', { name: person.name })}>
        <div>
          <h2><bdi>${person.name}</bdi></h2>
          ${person.organisation ? html`<p class="small"><bdi>${person.organisation}</bdi></p>` : nothing}
          <p class="small quiet">${_('Yours alone: scan it to come in under your name.')}</p>
          <p class="address" dir="ltr">${url}</p>
        </div>
      </article>`;
  }

  #joinCard() {
    const { code, url } = this.me.join;
    return html`
      <article class="cut">
        <img class="qr" src="/api/join.svg" alt=${_('QR code of the join link')}>
        <div>
          <h2>${_('Ask for the floor from your phone')}</h2>
          <p class="code" dir="ltr">${spaced(code)}</p>
          <p class="small quiet" dir="ltr">${new URL(url).host}</p>
          <p class="small"><bdi>${this.me.workshop.title}</bdi></p>
        </div>
      </article>`;
  }

  async #make() {
    this.busy = true;
    this.printed = false;
    await this.#attempt(async () => {
      for (const person of this.people.slice(this.cards.length)) {
        const { url } = await call('POST', '/api/links', { person: person.id });
        const [{ svg }] = await call('POST', '/api/qr', { urls: [url] });
        this.cards = [...this.cards, { person, url, svg }];
      }
    });
    this.busy = false;
  }

  /** @param {() => Promise<void>} doing */
  async #attempt(doing) {
    this.trouble = '';
    try {
      await doing();
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      const why = refusalSentence(failed.code === 'unreachable' ? 'not_connected' : failed.code, failed.message);
      this.trouble = this.cards.length ? _('{why} What was made so far is below.', { why }) : why;
    }
  }
}

customElements.define('secretariat-sheet', SecretariatSheet);
