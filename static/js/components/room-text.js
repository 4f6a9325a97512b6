/**
 * `<room-text>`: a recommendation on the room display, as large as it goes.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { hasBrackets } from '../lib/brackets.js';
import { _ } from '../lib/i18n.js';
import { textName } from '../lib/poll_words.js';
import { recommendationStatusName } from '../lib/recommendation_names.js';
import './fitted-text.js';
import { SessionElement } from './session_element.js';

export class RoomText extends SessionElement {
  static properties = { ...SessionElement.properties, text: {} };

  static keys = ['recommendation/'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.text = '';
  }

  render() {
    const text = this.get(`recommendation/${this.text}`);
    if (!text) return html`<div class="room-poll none"><p class="quiet">${_('This text is not there, or no longer.')}</p></div>`;
    return html`<section class="room-text">
      <p class="label">${textName(text)} · ${_('version {version}', { version: text.version })} · ${recommendationStatusName(text.status)}${hasBrackets(text.text) ? html` · ${_('what stands in square brackets is not agreed')}` : nothing}</p>
      ${text.title ? html`<h2 dir="auto">${text.title}</h2>` : html`<h2 class="visually-hidden">${textName(text)}</h2>`}
      <fitted-text .text=${text.text} brackets ?data-untitled=${!text.title}></fitted-text>
    </section>`;
  }
}

customElements.define('room-text', RoomText);
