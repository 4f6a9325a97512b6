/**
 * `<participant-sessions>`: the other sessions of the workshop, each with its status.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { screenAddress } from '/static/js/lib/addresses.js';
import { call } from '/static/js/lib/http.js';
import { _ } from '/static/js/lib/i18n.js';
import { statusName } from '/static/js/lib/names.js';
import { here } from '/static/js/lib/zones.js';

const LOOK_AGAIN_MS = 60_000;

/** @typedef {{id: string, number: string, title: string, short_title: string, status: string, starts_at: string}} Listed */

class ParticipantSessions extends LitElement {
  static properties = { current: {}, sessions: { state: true }, zone: { state: true } };

  /** @type {ReturnType<typeof setInterval>|undefined} */
  #again;

  constructor() {
    super();
    this.current = '';
    /** @type {Listed[]} */
    this.sessions = [];
    this.zone = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#look();
    this.#again = setInterval(() => document.hidden || this.#look(), LOOK_AGAIN_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#again);
  }

  render() {
    const others = this.sessions.filter((session) => session.id !== this.current);
    if (!others.length) return nothing;
    const open = others.filter((session) => session.status === 'open');
    const here = this.sessions.find((session) => session.id === this.current);
    return html`
      ${here?.status === 'open' ? nothing : open.map((session) => html`
        <a class="button act wide" href=${screenAddress('participant', session.id)}>${_('Open now: {title}', { title: session.short_title })}</a>`)}
      <details class="quiet-part">
        <summary>${_('Other sessions')}</summary>
        <ul class="sessions">${others.map((session) => this.#one(session))}</ul>
      </details>`;
  }

  /** @param {Listed} session */
  #one({ id, number, title, short_title: short, status, starts_at: starts }) {
    return html`
      <li><a href=${screenAddress('participant', id)}>
        <span class="label">${number} · ${here(starts, this.zone).meeting}</span>
        <bdi>${short || title}</bdi>
        <span class="tag ${status === 'open' ? 'ready' : ''}">${statusName(status)}</span>
      </a></li>`;
  }

  async #look() {
    const me = await call('GET', '/api/me').catch(() => null);
    if (!me) return;
    this.zone = me.workshop.time_zone;
    this.sessions = me.sessions;
  }
}

customElements.define('participant-sessions', ParticipantSessions);
