/**
 * `<booth-speaker>`: one who speaks or is about to, as interpreters need them: for whom, in which language, about what, the text.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { kindName, languageName } from '../lib/names.js';
import { SessionElement } from './session_element.js';
import './speaking-clock.js';
import { attendanceTag, nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('../lib/wire.js').Intervention} Intervention */

export class BoothSpeaker extends SessionElement {
  static properties = { ...SessionElement.properties, about: { attribute: false }, request: { attribute: false }, now: { type: Boolean } };

  static keys = ['person/', 'request/'];

  constructor() {
    super();
    /** @type {Intervention|FloorRequest|null} */
    this.about = null;
    /** The request that brought it here, which has the text. @type {string|null} */
    this.request = null;
    this.now = false;
  }

  render() {
    if (!this.about) return nothing;
    const { id, person: whose, kind, topic, on_behalf_of: behalf, language } = this.about;
    const person = this.get(`person/${whose}`);
    const name = nameOf(person);
    return html`
      <div class="booth-facts"><b class="booth-language">${language ? languageName(language) : _('language not given')}</b>
        <span>${kindName(kind)}</span>${attendanceTag(person?.attendance)}
        ${this.now ? html`<speaking-clock class="clock" .session=${this.session} .intervention=${id}></speaking-clock>` : nothing}</div>
      ${this.now ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`}
      ${person?.organisation ? html`<p><bdi>${person.organisation}</bdi></p>` : nothing}
      ${behalf ? html`<p>${_('on behalf of')} <bdi>${behalf}</bdi></p>` : nothing}
      ${topic ? html`<p class="quiet">“<bdi>${topic}</bdi>”</p>` : nothing}
      ${this.#text()}`;
  }

  #text() {
    /** @type {FloorRequest|undefined} */
    const request = this.get(`request/${this.request}`);
    if (!request?.text) return nothing;
    const inside = html`<summary>${_('The text: check against delivery')}</summary><p class="booth-text" dir="auto" lang=${request.language ?? nothing}>${request.text}</p>`;
    // Of who speaks, one reads along; of the others, if one wants to.
    return this.now ? html`<details open>${inside}</details>` : html`<details>${inside}</details>`;
  }
}

customElements.define('booth-speaker', BoothSpeaker);
