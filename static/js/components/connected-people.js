/**
 * `<connected-people>`: who is connected: how many of which role, and their names.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { attendanceName, roleName } from '../lib/names.js';
import { SessionElement } from './session_element.js';
import { affiliation, nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').Person} Person */

export class ConnectedPeople extends SessionElement {
  static properties = { ...SessionElement.properties, shown: { state: true } };

  static paced = true;

  static keys = ['presence', 'person/'];

  constructor() {
    super();
    this.shown = false;
  }

  render() {
    /** @type {Person[]} */
    const people = this.all('person/').filter(({ id }) => this.session.presence.isConnected(id));
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { role } of people) counts.set(role, (counts.get(role) ?? 0) + 1);
    const remote = people.filter(({ attendance }) => attendance === 'remote').length;
    return html`<section class="connected" aria-labelledby="connected-title"><h3 id="connected-title">${ngettext('{n} connected', '{n} connected', people.length)}</h3>
      <p class="small">${[...counts].map(([role, count]) => html`<span class="tag">${roleName(role)} ${count}</span> `)}</p>
      <p class="small quiet">${_('{remote} remote, {room} in the room', { remote, room: people.length - remote })}</p>
      ${people.length ? html`<details @toggle=${this.#toggled}><summary>${_('Names')}</summary>${this.shown ? this.#names(people) : nothing}</details>` : nothing}
    </section>`;
  }

  /** @param {Person[]} people */
  #names(people) {
    return html`<ul class="connected-names">${people.sort((a, b) => a.name.localeCompare(b.name)).map((person) => html`
      <li><b>${nameOf(person)}</b> <span class="quiet small">${roleName(person.role)} · ${attendanceName(person.attendance)}${affiliation(person).length ? html` · ${affiliation(person)}` : nothing}</span></li>`)}</ul>`;
  }

  /** @param {Event} event */
  #toggled({ target }) {
    this.shown = /** @type {HTMLDetailsElement} */ (target).open;
  }
}

customElements.define('connected-people', ConnectedPeople);
