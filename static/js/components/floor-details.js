/**
 * `<floor-details>`: what stands under the name of whoever has the floor. It is handed in, and drawn in the frame after
 * the one of that name and the buttons, which belong together.
 */

import { LitElement, html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { kindName, languageName } from '../lib/names.js';
import { inItsFrame } from './frames.js';
import { affiliation, attendanceTag, groupTag } from './who.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../lib/wire.js').Group} Group */
/** @typedef {import('../lib/wire.js').Person} Person */

export class FloorDetails extends LitElement {
  static properties = { intervention: { attribute: false }, person: { attribute: false }, groups: { attribute: false } };

  constructor() {
    super();
    /** @type {Intervention|undefined} */
    this.intervention = undefined;
    /** @type {Person|undefined} */
    this.person = undefined;
    /** @type {Group[]|undefined} */
    this.groups = undefined;
  }

  createRenderRoot() {
    return this;
  }

  /** @returns {void|Promise<unknown>} */
  scheduleUpdate() {
    return this.hasUpdated ? inItsFrame(() => super.scheduleUpdate(), { first: true }) : super.scheduleUpdate();
  }

  render() {
    const { intervention, person, groups } = this;
    if (!intervention) return nothing;
    const { kind, language, topic } = intervention;
    return html`<p class="quiet">${affiliation(person, intervention.on_behalf_of)}</p>
      <p class="tags">${attendanceTag(intervention.attendance)}
        ${['statement', 'point_of_order'].includes(kind) ? nothing : html`<span class="tag">${kindName(kind)}</span>`}
        ${language ? html`<span class="tag">${_('speaks {language}', { language: languageName(language) })}</span>` : nothing}
        ${groupTag(groups, person)}</p>
      ${topic ? html`<p class="topic">“<bdi>${topic}</bdi>”</p>` : nothing}`;
  }
}

customElements.define('floor-details', FloorDetails);
