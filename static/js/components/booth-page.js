/**
 * `<booth-page>`: what interpreters need: who speaks and who comes, the texts that were handed in, and two things to say.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { languageName } from '../lib/names.js';
import { comingUp } from '../lib/speakers.js';
import './booth-signal.js';
import './booth-speaker.js';
import './connection-banner.js';
import { SessionElement } from './session_element.js';
import './session-top.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */

const NEXT = 5;
const OVER = new Set(['closed', 'finalised']);

export class BoothPage extends SessionElement {
  static keys = ['session', 'floor', 'intervention/', 'request/', 'me/person'];

  render() {
    const { session } = this;
    const meeting = this.get('session');
    if (!meeting) return html`<main id="main" tabindex="-1" class="loading"><p class="quiet">${_('Connecting to the session…')}</p><connection-banner .session=${session}></connection-banner></main>`;
    return html`
      <session-top .session=${session}></session-top>
      <connection-banner .session=${session}></connection-banner>
      <main id="main" tabindex="-1" class="booth">
        <section class="booth-now" aria-label=${_('Speaking')}>${this.#now(meeting.status)}</section>
        ${OVER.has(meeting.status) ? nothing : html`
          <section class="booth-signals" aria-labelledby="booth-language">
            <p class="small quiet" id="booth-language">${this.#booth()}</p>
            <div class="pair"><booth-signal .session=${session} kind="slower"></booth-signal><booth-signal .session=${session} kind="cannot_hear"></booth-signal></div>
          </section>
          <section class="booth-next" aria-labelledby="coming">${this.#next()}</section>`}
      </main>`;
  }

  #booth() {
    const language = languageName(this.get('me/person')?.language);
    return language ? _('The moderator sees that the {language} booth says it, and nobody’s name.', { language }) : _('The moderator sees that a booth says it, and nobody’s name.');
  }

  /** @param {string} status */
  #now(status) {
    /** @type {Intervention|undefined} */
    const speaking = this.get(`intervention/${this.get('floor')?.intervention}`);
    if (OVER.has(status)) {
      return html`<p class="nobody">${_('The session is closed')}</p><a class="button act big" href="/go">${_('Go to the session that is on or next')}</a>`;
    }
    if (!speaking) return html`<p class="nobody">${status === 'suspended' ? _('The session is suspended') : _('Nobody has the floor')}</p>`;
    return repeat([speaking], ({ id }) => id, () => html`<booth-speaker now .session=${this.session} .about=${speaking} .request=${speaking.request}></booth-speaker>`);
  }

  #next() {
    const coming = comingUp(this.all('request/'));
    const more = coming.length - NEXT;
    return html`<h2 class="label" id="coming">${_('Next')}</h2>
      ${coming.length ? nothing : html`<p class="quiet">${_('Nobody waits yet.')}</p>`}
      <ol>${repeat(coming.slice(0, NEXT), ({ id }) => id, (request) => html`
        <li><booth-speaker .session=${this.session} .about=${request} .request=${request.id}></booth-speaker></li>`)}</ol>
      ${more > 0 ? html`<p class="quiet">${ngettext('and {n} more', 'and {n} more', more)}</p>` : nothing}`;
  }
}

customElements.define('booth-page', BoothPage);
