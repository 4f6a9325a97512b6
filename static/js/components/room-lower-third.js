/**
 * `<room-lower-third>`: who speaks and how long still, over the picture of the stream: on a ground of its own, nothing round it.
 *
 * Without a connection it shows nobody: a wrong name under a speaker is worse than none.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { kindName } from '../lib/names.js';
import { SessionElement } from './session_element.js';
import './speaking-clock.js';
import { nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */

export class RoomLowerThird extends SessionElement {
  static keys = ['session', 'floor', 'intervention/', 'person/'];

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session')) this.session?.addEventListener('state', () => this.requestUpdate());
  }

  render() {
    const speaking = this.session.state === 'live' && this.get('session')?.status === 'open' ? this.get('floor')?.intervention : null;
    /** @type {Intervention|undefined} */
    const intervention = speaking ? this.get(`intervention/${speaking}`) : undefined;
    return html`<main id="main" class="lower-third"><h1 class="visually-hidden">${this.get('session')?.title}</h1>${intervention ? this.#plate(intervention) : nothing}</main>`;
  }

  /** @param {Intervention} intervention */
  #plate({ id, person: whose, kind, on_behalf_of: behalf }) {
    const person = this.get(`person/${whose}`);
    return html`<section class="plate" data-kind=${kind}>
      <div class="who">
        <p class="kind">${kindName(kind)}</p>
        <h2>${nameOf(person)}</h2>
        ${person?.organisation ? html`<p class="organisation"><bdi>${person.organisation}</bdi></p>` : nothing}
        ${behalf ? html`<p class="behalf">${_('on behalf of')} <bdi>${behalf}</bdi></p>` : nothing}
      </div>
      <speaking-clock class="clock" .session=${this.session} .intervention=${id}></speaking-clock>
    </section>`;
  }
}

customElements.define('room-lower-third', RoomLowerThird);
