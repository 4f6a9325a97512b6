/**
 * `<secretariat-page>`: sessions, the way in, people and links, on a laptop.
 *
 * What others change is looked up again every few seconds, and at once after an own act.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import '/static/js/components/secretariat-join.js';
import '/static/js/components/secretariat-links.js';
import '/static/js/components/secretariat-made.js';
import '/static/js/components/secretariat-people.js';
import '/static/js/components/secretariat-person.js';
import '/static/js/components/secretariat-sessions.js';
import { call, CallFailed } from '/static/js/lib/http.js';
import { _ } from '/static/js/lib/i18n.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

const LOOK_AGAIN_MS = 5_000;

class SecretariatPage extends LitElement {
  static properties = { me: { state: true }, people: { state: true }, links: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    /** @type {any} what `GET /api/me` answers */
    this.me = null;
    /** @type {import('/static/js/components/secretariat-people.js').Listed[]|null} */
    this.people = null;
    /** @type {import('/static/js/components/secretariat-links.js').Link[]|null} */
    this.links = null;
    this.trouble = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#look();
    setInterval(() => document.hidden || this.#look(), LOOK_AGAIN_MS);
    document.addEventListener('visibilitychange', () => document.hidden || this.#look());
    this.addEventListener('people-changed', () => this.#look());
    this.addEventListener('open-person', (event) => {
      /** @type {import('/static/js/components/secretariat-person.js').SecretariatPerson} */ (this.querySelector('secretariat-person')).open(/** @type {CustomEvent} */ (event).detail);
    });
    this.addEventListener('make-link', (event) => this.#make(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener('revoke-link', (event) => this.#revoke(/** @type {CustomEvent} */ (event).detail));
  }

  render() {
    if (!this.me) return html`<main class="secretariat" id="main" tabindex="-1">${this.#trouble()}<p class="quiet" aria-busy="true">${_('One moment …')}</p></main>`;
    const { workshop, sessions, groups, join } = this.me;
    return html`
      <header class="desk-head">
        <div><p class="label">${_('Secretariat')}${workshop.room ? html` · <bdi>${workshop.room}</bdi>` : nothing}</p><h1><bdi>${workshop.title}</bdi></h1></div>
        <a class="button" href="/secretariat/sheet">${_('QR sheet to print')}</a>
      </header>
      <main class="secretariat" id="main" tabindex="-1">
        ${this.#trouble()}
        <div class="desk-main">
          <secretariat-sessions .sessions=${sessions} zone=${workshop.time_zone}></secretariat-sessions>
          <secretariat-people .people=${this.people} .groups=${groups}></secretariat-people>
        </div>
        <aside class="desk-side" aria-label=${_('The way in')}>
          <secretariat-join .join=${join}></secretariat-join>
          <secretariat-links .links=${this.links} .people=${this.people ?? []} zone=${workshop.time_zone}></secretariat-links>
        </aside>
        <secretariat-person .people=${this.people ?? []} .groups=${groups} .me=${this.me.person.id}></secretariat-person>
        <secretariat-made></secretariat-made>
      </main>`;
  }

  #trouble() {
    return this.trouble ? html`<p class="notice over" role="status">${this.trouble}</p>` : nothing;
  }

  async #look() {
    await this.#attempt(async () => {
      const [me, people, links] = await Promise.all(['/api/me', '/api/people', '/api/links'].map((path) => call('GET', path)));
      Object.assign(this, { me, people, links, trouble: '' });
    });
  }

  /** @param {{person?: string, role?: string, anew?: boolean, title: string, advice: string}} wanted */
  async #make({ title, advice, ...whose }) {
    await this.#attempt(async () => {
      const { url } = await call('POST', '/api/links', whose);
      const [{ svg }] = await call('POST', '/api/qr', { urls: [url] });
      /** @type {import('/static/js/components/secretariat-made.js').SecretariatMade} */ (this.querySelector('secretariat-made')).show({ title, advice, url, svg });
      await this.#look();
    });
  }

  /** @param {{id: string}} link */
  async #revoke({ id }) {
    await this.#attempt(async () => {
      await call('DELETE', `/api/links/${encodeURIComponent(id)}`);
      await this.#look();
    });
  }

  /** @param {() => Promise<void>} doing */
  async #attempt(doing) {
    try {
      await doing();
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      this.trouble = failed.code === 'unreachable'
        ? _('The server cannot be reached. What stands here may be old; it is tried again by itself.')
        : refusalSentence(failed.code, failed.message);
    }
  }
}

customElements.define('secretariat-page', SecretariatPage);
