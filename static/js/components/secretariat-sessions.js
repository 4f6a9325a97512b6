/**
 * `<secretariat-sessions>`: every session with its status, its screens and its record.
 */
import { html, LitElement } from '/static/vendor/lit.js';
import { recordAddress, screenAddress } from '/static/js/lib/addresses.js';
import { clockTime } from '/static/js/lib/durations.js';
import { _, readerLanguage } from '/static/js/lib/i18n.js';
import { statusName } from '/static/js/lib/names.js';

/** @typedef {{id: string, number: string, title: string, short_title: string, status: string, starts_at: string, ends_at: string}} Session */

class SecretariatSessions extends LitElement {
  static properties = { sessions: { attribute: false }, zone: {} };

  constructor() {
    super();
    /** @type {Session[]} */
    this.sessions = [];
    this.zone = 'UTC';
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <section class="card desk-card" aria-labelledby="sessions-title">
        <h2 id="sessions-title">${_('Sessions')}</h2>
        ${this.sessions.length
          ? html`<ol class="desk-sessions">${this.sessions.map((session) => this.#one(session))}</ol>`
          : html`<p class="quiet">${_('There is no session yet. Import a programme first.')}</p>`}
        ${this.sessions.length ? html`<p><a href="/api/workshop/record.zip" download>${_('All records (ZIP)')}</a></p>` : ''}
      </section>`;
  }

  /** @param {Session} session */
  #one(session) {
    const name = session.short_title || session.title;
    const { id, number, status } = session;
    return html`
      <li>
        <span class="desk-number">${number}</span>
        <div class="desk-what">
          <b><bdi>${name}</bdi></b>
          <span class="quiet small">${this.#day(session.starts_at)} · ${clockTime(session.starts_at, this.zone)}–${clockTime(session.ends_at, this.zone)}</span>
        </div>
        <span class="tag ${status === 'open' ? 'ready' : status === 'suspended' ? 'now' : ''}">${statusName(status)}</span>
        <nav class="desk-links" aria-label=${_('Screens of {session}', { session: name })}>
          <a href=${screenAddress('moderator', id)}>${_('Moderator')}</a>
          <a href=${screenAddress('rapporteur', id)}>${_('Rapporteur')}</a>
          <a href=${screenAddress('display', id)}>${_('Display')}</a>
          <a href=${screenAddress('participant', id)}>${_('Participant')}</a>
        </nav>
        <nav class="desk-links" aria-label=${_('Record of {session}', { session: name })}>
          <span class="label" aria-hidden="true">${_('Record')}</span>
          ${/** @type {const} */ (['html', 'md', 'csv', 'json']).map((format) => html`<a href=${recordAddress(format, id)} download>${format.toUpperCase()}</a>`)}
        </nav>
      </li>`;
  }

  /** @param {string} at */
  #day(at) {
    return new Intl.DateTimeFormat(readerLanguage() === 'en' ? 'en-GB' : readerLanguage(), { timeZone: this.zone, day: 'numeric', month: 'long' }).format(Date.parse(at));
  }
}

customElements.define('secretariat-sessions', SecretariatSessions);
