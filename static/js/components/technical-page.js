/**
 * `<technical-page>`: whose microphone is open, and whose two are next. Nothing else.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { comingUp } from '../lib/speakers.js';
import './connection-banner.js';
import './microphone-card.js';
import { SessionElement } from './session_element.js';
import './session-top.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

const NEXT = 2;

export class TechnicalPage extends SessionElement {
  static keys = ['session', 'floor', 'intervention/', 'request/'];

  render() {
    const { session } = this;
    const meeting = this.get('session');
    if (!meeting) return html`<main id="main" tabindex="-1" class="loading"><p class="quiet">${_('Connecting to the session…')}</p><connection-banner .session=${session}></connection-banner></main>`;
    return html`
      <session-top .session=${session}></session-top>
      <connection-banner .session=${session}></connection-banner>
      <main id="main" tabindex="-1" class="technical">
        <section aria-labelledby="open-now"><h2 class="label" id="open-now">${_('Microphone open now')}</h2>${this.#now(meeting.status)}</section>
        <section class="microphones-next" aria-labelledby="open-next"><h2 class="label" id="open-next">${_('Next')}</h2>${this.#next()}</section>
        <p class="quiet small">${_('Connected, or not, to this program: whether somebody is in the video meeting is seen there.')}</p>
      </main>`;
  }

  /** @param {string} status */
  #now(status) {
    const { intervention, interrupted } = this.get('floor') ?? {};
    /** @type {Intervention[]} */
    const open = [this.get(`intervention/${intervention}`)].filter(Boolean);
    const waits = this.get(`intervention/${interrupted}`);
    if (['closed', 'finalised'].includes(status)) {
      return html`<div class="card microphone"><p class="nobody">${_('The session is closed')}</p><a class="button act" href="/go">${_('Go to the session that is on or next')}</a></div>`;
    }
    if (!open.length) return html`<div class="card microphone"><p class="nobody">${status === 'suspended' ? _('The session is suspended') : _('No microphone is open')}</p></div>`;
    return html`${repeat(open, ({ id }) => id, ({ person, kind }) => html`<microphone-card open .session=${this.session} person=${person} kind=${kind}></microphone-card>`)}
      ${waits ? html`<p class="label">${_('Interrupted: closed until the point of order is settled')}</p>
        <microphone-card .session=${this.session} person=${waits.person} kind=${waits.kind}></microphone-card>` : nothing}`;
  }

  #next() {
    /** @type {FloorRequest[]} */
    const next = comingUp(this.all('request/')).slice(0, NEXT);
    if (!next.length) return html`<div class="card microphone"><p class="nobody quiet">${_('Nobody waits yet.')}</p></div>`;
    return html`<ol>${repeat(next, ({ id }) => id, ({ person, kind, list, ready }) => html`
      <li><microphone-card .session=${this.session} person=${person} kind=${kind} .ready=${list === 'order' ? null : ready}></microphone-card></li>`)}</ol>`;
  }
}

customElements.define('technical-page', TechnicalPage);
