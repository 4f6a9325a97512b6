/**
 * `<secretariat-links>`: links for roles, and every link that lets somebody in.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { clockTime } from '/static/js/lib/durations.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { roleName } from '/static/js/lib/names.js';

/** @typedef {{id: string, kind: string, person: string|null, role: string|null, created_at: string, last_used_at: string|null, revoked_at: string|null}} Link */

const ROLES = ['moderator', 'list_officer', 'technical_moderator', 'rapporteur', 'secretariat', 'panellist', 'participant', 'observer', 'interpreter', 'display'];

class SecretariatLinks extends LitElement {
  static properties = { links: { attribute: false }, people: { attribute: false }, zone: {}, sure: { state: true } };

  constructor() {
    super();
    /** @type {Link[]|null} */
    this.links = null;
    /** @type {{id: string, name: string}[]} */
    this.people = [];
    this.zone = 'UTC';
    /** The link that is about to be revoked. */
    this.sure = '';
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const valid = this.links?.filter((link) => !link.revoked_at) ?? [];
    return html`
      <section class="card desk-card" aria-labelledby="links-title">
        <h2 id="links-title">${_('Links for roles')}</h2>
        <form class="desk-role" @submit=${this.#make}>
          <select name="role" aria-label=${_('Role')}>${ROLES.map((role) => html`<option value=${role}>${roleName(role)}</option>`)}</select>
          <button class="act">${_('Make a link')}</button>
        </form>
        <p class="quiet small">${_('Whoever opens it gives a name and acts in that role.')}</p>
        <details class="desk-valid">
          <summary>${ngettext('{n} link is valid', '{n} links are valid', valid.length)}</summary>
          <ul>${valid.map((link) => this.#one(link))}</ul>
        </details>
      </section>`;
  }

  /** @param {Link} link */
  #one(link) {
    const person = this.people.find((each) => each.id === link.person);
    const used = link.last_used_at ? _('used {time}', { time: clockTime(link.last_used_at, this.zone) }) : _('not used yet');
    const name = person?.name ?? roleName(link.role);
    return html`
      <li>
        <div><b><bdi>${name}</bdi></b> <span class="quiet small">${person ? nothing : _('role')} ${_('made {time}', { time: clockTime(link.created_at, this.zone) })} · ${used}</span></div>
        ${this.sure === link.id
          ? html`<span class="row"><button class="danger" @click=${() => this.#revoke(link)}>${_('Revoke')}</button><button @click=${() => { this.sure = ''; }}>${_('Keep')}</button></span>
            <p class="small desk-warn">${_('Whoever came in by it is disconnected at once.')}</p>`
          : html`<button class="bare" aria-label=${_('Revoke the link of {name}', { name })} @click=${() => { this.sure = link.id; }}>${_('Revoke …')}</button>`}
      </li>`;
  }

  /** @param {SubmitEvent} event */
  #make(event) {
    event.preventDefault();
    const role = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('role'));
    const advice = _('A link for a role. Everyone who has it can act in this role; revoke it when it is no longer needed.');
    this.dispatchEvent(new CustomEvent('make-link', { bubbles: true, detail: { role, title: roleName(role), advice } }));
  }

  /** @param {Link} link */
  #revoke({ id }) {
    this.sure = '';
    this.dispatchEvent(new CustomEvent('revoke-link', { bubbles: true, detail: { id } }));
  }
}

customElements.define('secretariat-links', SecretariatLinks);
