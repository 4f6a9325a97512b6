/**
 * `<microphone-card>`: a person whose microphone is opened: where to find them, what they need, whether they are there.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { kindName } from '../lib/names.js';
import './attendance-marks.js';
import { SessionElement } from './session_element.js';
import { attendanceTag, nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').Person} Person */

export class MicrophoneCard extends SessionElement {
  static properties = { ...SessionElement.properties, person: {}, kind: {}, ready: { attribute: false }, open: { type: Boolean } };

  static keys = ['person/', 'presence'];

  constructor() {
    super();
    this.person = '';
    this.kind = '';
    /** Whether the person is ready; null where that is past. @type {boolean|null} */
    this.ready = null;
    this.open = false;
  }

  render() {
    /** @type {Person|undefined} */
    const person = this.get(`person/${this.person}`);
    if (!person) return nothing;
    const needs = person.accessibility_needs ?? [];
    return html`<article class="card microphone">
      ${person.platform_name
        ? html`<h3><bdi>${person.platform_name}</bdi></h3><p>${nameOf(person)}</p>`
        : html`<h3>${nameOf(person)}</h3>${person.attendance === 'remote' ? html`<p class="quiet small">${_('The name in the video meeting is not known.')}</p>` : nothing}`}
      ${person.organisation ? html`<p class="quiet"><bdi>${person.organisation}</bdi></p>` : nothing}
      <p class="row">${attendanceTag(person.attendance)}${this.#connected(person)}${this.#ready()}
        ${this.kind === 'point_of_order' ? html`<span class="tag now">${kindName(this.kind)}</span>` : nothing}</p>
      ${needs.length ? html`<p class="needs"><b>${_('Needs:')}</b> ${needs.map((need, index) => html`${index ? ' · ' : nothing}<bdi>${need.replaceAll('_', ' ')}</bdi>`)}</p>` : nothing}
      ${person.limit_seconds ? html`<p class="small">${_('Own speaking time: {time}', { time: minutesText(person.limit_seconds) })}${person.limit_reason ? html` · <bdi>${person.limit_reason}</bdi>` : nothing}</p>` : nothing}
      <attendance-marks .session=${this.session} person=${this.person}></attendance-marks>
    </article>`;
  }

  /** @param {Person} person */
  #connected({ id, guest }) {
    const connected = this.session.presence.isConnected(id);
    if (connected) return html`<span class="tag ready">${_('Connected')}</span>`;
    // A guest from the room has no device here.
    if (guest) return nothing;
    return connected === false ? html`<span class="tag lost">${_('Connection lost')}</span>` : html`<span class="tag chip">${_('Not connected')}</span>`;
  }

  #ready() {
    if (this.ready === null) return nothing;
    return this.ready ? html`<span class="tag ready">${_('Ready')}</span>` : html`<span class="tag chip">${_('Not ready yet')}</span>`;
  }
}

customElements.define('microphone-card', MicrophoneCard);
