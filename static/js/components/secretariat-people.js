/**
 * `<secretariat-people>`: who is expected, who is in now, and a new link at the desk.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { attendanceName, groupName, roleName } from '/static/js/lib/names.js';

/**
 * @typedef {object} Listed
 * @property {string} id
 * @property {string} name
 * @property {string|null} latin_name
 * @property {string|null} organisation
 * @property {string|null} group
 * @property {string} role
 * @property {string} attendance
 * @property {string|null} language
 * @property {boolean} guest
 * @property {boolean} connected
 * @property {number} devices on which they are signed in
 * @property {{id: string, kind: string, created_at: string}[]} links
 */

class SecretariatPeople extends LitElement {
  static properties = { people: { attribute: false }, groups: { attribute: false }, wanted: { state: true }, present: { state: true } };

  constructor() {
    super();
    /** @type {Listed[]|null} */
    this.people = null;
    /** @type {import('/static/js/lib/wire.js').Group[]} */
    this.groups = [];
    this.wanted = '';
    this.present = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const found = this.#found();
    const here = this.people?.filter((person) => person.connected).length ?? 0;
    return html`
      <section class="card desk-card" aria-labelledby="people-title">
        <div class="desk-row">
          <h2 id="people-title">${_('People')}</h2>
          <span class="quiet small" role="status">${this.people ? _('{here} of {all} connected', { here, all: this.people.length }) : ''}</span>
          <label class="check push"><input type="checkbox" @change=${this.#onlyPresent}><span>${_('Connected only')}</span></label>
          <input class="desk-search" type="search" autocomplete="off" dir="auto" aria-label=${_('Search people')} placeholder=${_('Search name or organisation')} @input=${this.#search}>
        </div>
        ${this.#list(found)}
      </section>`;
  }

  /** @param {Listed[]} found */
  #list(found) {
    if (!this.people) return html`<p class="quiet" aria-busy="true">${_('One moment …')}</p>`;
    if (!this.people.length) return html`<p class="quiet">${_('Nobody is expected or has joined yet.')}</p>`;
    if (!found.length) return html`<p class="quiet">${_('Nobody by this name. Whoever is on no list joins with the code.')}</p>`;
    return html`
      <div class="desk-scroll" tabindex="0" role="region" aria-label=${_('List of people')}>
        <table class="desk-people">
          <thead><tr><th scope="col">${_('Name')}</th><th scope="col">${_('Role')}</th><th scope="col">${_('Where')}</th><th scope="col"><span class="visually-hidden">${_('Link')}</span></th></tr></thead>
          <tbody>${found.map((person) => this.#one(person))}</tbody>
        </table>
      </div>`;
  }

  /** @param {Listed} person */
  #one(person) {
    const belongs = [person.organisation, groupName(this.groups, person.group)].filter(Boolean);
    return html`
      <tr>
        <th scope="row"><button class="bare desk-name" aria-haspopup="dialog" aria-label=${_('{name}: put right, sign out', { name: person.name })} @click=${() => this.#open(person)}><bdi>${person.name}</bdi></button>${person.latin_name && person.latin_name !== person.name ? html`<span class="quiet small"><bdi>${person.latin_name}</bdi></span>` : nothing}
          <span class="quiet small">${belongs.map((each, index) => html`${index ? ' · ' : nothing}<bdi>${each}</bdi>`)}</span></th>
        <td>${roleName(person.role)}${person.guest ? html` <span class="quiet small">${_('guest')}</span>` : nothing}</td>
        <td>${isIn(person)}<span class="tag ${person.attendance === 'remote' ? 'remote' : 'room'}">${attendanceName(person.attendance)}</span></td>
        <td class="desk-do"><button aria-label=${_('New link for {name}', { name: person.name })} @click=${() => this.#make(person)}>${_('New link')}</button>
          ${person.links.length ? html`<span class="quiet small">${ngettext('{n} valid', '{n} valid', person.links.length)}</span>` : nothing}</td>
      </tr>`;
  }

  #found() {
    const words = plain(this.wanted).split(/\s+/).filter(Boolean);
    return (this.people ?? []).filter((person) => {
      if (this.present && !person.connected) return false;
      const text = plain([person.name, person.latin_name, person.organisation].join(' '));
      return words.every((word) => text.includes(word));
    });
  }

  /** @param {Event} event */
  #search(event) {
    this.wanted = /** @type {HTMLInputElement} */ (event.target).value;
  }

  /** @param {Event} event */
  #onlyPresent(event) {
    this.present = /** @type {HTMLInputElement} */ (event.target).checked;
  }

  /** @param {Listed} person */
  #open(person) {
    this.dispatchEvent(new CustomEvent('open-person', { bubbles: true, detail: person }));
  }

  /** @param {Listed} person */
  #make({ id, name }) {
    const advice = _('A personal link. Let the person scan it, or send it to nobody else: whoever has it speaks under this name.');
    this.dispatchEvent(new CustomEvent('make-link', { bubbles: true, detail: { person: id, title: name, advice } }));
  }
}

/** Whether somebody is in: connected now, or signed in and away for the moment. @param {Listed} person */
function isIn({ connected, devices }) {
  if (connected) return html`<span class="tag ready">${_('connected')}</span> `;
  return devices ? html`<span class="tag chip">${_('signed in')}</span> ` : nothing;
}

/**
 * Return `text` without case and without marks, so that “Élan” is found by “elan”.
 * @param {string} text
 */
function plain(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

customElements.define('secretariat-people', SecretariatPeople);
