/**
 * `<secretariat-person>`: one person at the desk: what is known of them put right, their devices signed out, a link made.
 *
 * The fields are filled once, on opening; afterwards they belong to whoever types in them.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import '/static/js/components/secretariat-access.js';
import { toast } from '/static/js/components/toast.js';
import { correctionOf, DETAILS, overtaken } from '/static/js/lib/corrections.js';
import { call, CallFailed } from '/static/js/lib/http.js';
import { _ } from '/static/js/lib/i18n.js';
import { attendanceName, groupName, inReadersLanguage, languageName, OFFICIAL_LANGUAGES, ROLE_IDS, roleName } from '/static/js/lib/names.js';
import { clearRefusals, refuse, say } from '/static/js/lib/refused_fields.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

/** @typedef {import('/static/js/components/secretariat-people.js').Listed} Listed */
/** @typedef {import('/static/js/lib/corrections.js').Detail} Detail */

const LONGEST = 200;

export class SecretariatPerson extends LitElement {
  static properties = { people: { attribute: false }, groups: { attribute: false }, me: {}, seen: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {Listed[]} */
    this.people = [];
    /** @type {import('/static/js/lib/wire.js').Group[]} */
    this.groups = [];
    /** Whose page this is. */
    this.me = '';
    /** @type {Listed|null} as the fields were filled */
    this.seen = null;
    this.busy = false;
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Listed} person */
  async open(person) {
    this.seen = person;
    await this.updateComplete;
    for (const detail of DETAILS) this.#field(detail).value = person[detail] ?? '';
    clearRefusals(this.#form());
    this.#dialog().showModal();
  }

  render() {
    const { seen } = this;
    return html`<dialog aria-labelledby="person-title" @close=${() => { this.seen = null; }}>${seen ? html`
      <form novalidate @submit=${this.#save} @input=${(/** @type {Event} */ { target }) => clearRefusals(this.#form(), /** @type {HTMLInputElement} */ (target).name)}>
        <div id="person-title"><p class="label">${_('Put right')}</p><h2><bdi>${seen.name}</bdi></h2></div>
        <p class="quiet small">${_('What you put right here changes on all screens at once, and in the record of every session that is not final.')}</p>
        ${text('name', _('Name'), { required: true })}
        ${text('latin_name', _('Name in Latin letters'))}
        ${text('organisation', _('Organisation'))}
        <div class="desk-pair">
          ${choice('group', _('Group'), [['', _('not given')], ...this.groups.map((group) => /** @type {[string, string]} */ ([group.id, inReadersLanguage(group.name)]))])}
          ${choice('attendance', _('Takes part'), ['in_room', 'remote'].map((each) => [each, attendanceName(each)]))}
          ${choice('language', _('Speaks'), [['', _('not given')], ...languages(seen.language)])}
          ${choice('role', _('Role'), roles(seen.role), { fixed: seen.id === this.me ? _('Your own role somebody else of the secretariat can change.') : '' })}
        </div>
        <p class="wrong" data-refused="form" role="alert"></p>
        <div class="actions"><button type="button" @click=${() => this.#dialog().close()}>${_('Cancel')}</button>
          <button class="act" ?disabled=${this.busy}>${_('Save')}</button></div>
      </form>
      <secretariat-access .person=${this.people.find(({ id }) => id === seen.id) ?? seen} ?own=${seen.id === this.me} @make-link=${() => this.#dialog().close()}></secretariat-access>` : nothing}</dialog>`;
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const { seen } = this;
    const form = this.#form();
    clearRefusals(form);
    if (!seen) return;
    const typed = Object.fromEntries(DETAILS.map((detail) => [detail, this.#field(detail).value]));
    const correction = correctionOf(seen, typed);
    if (!Object.keys(correction.expect).length) return this.#dialog().close();
    if (correction.name === '') return refuse(form, 'name', _('Nobody can be called by an empty name.'));
    this.busy = true;
    try {
      await call('POST', `/api/people/${encodeURIComponent(seen.id)}`, correction);
      this.dispatchEvent(new Event('people-changed', { bubbles: true }));
      this.#dialog().close();
      toast(_('Put right on all screens.'));
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      if (failed.code === 'stale') await this.#overtaken(correction, failed);
      else refuse(form, failed.field || 'form', refusalSentence(failed.code === 'unreachable' ? 'not_connected' : failed.code, failed.message));
    } finally {
      this.busy = false;
    }
  }

  /**
   * Say what somebody else has written meanwhile; saved again, it is replaced.
   * @param {ReturnType<typeof correctionOf>} correction
   * @param {CallFailed} failed
   */
  async #overtaken(correction, failed) {
    const form = this.#form();
    refuse(form, 'form', refusalSentence(failed.code, failed.message));
    /** @type {Listed[]|null} */
    const people = await call('GET', '/api/people').catch(() => null);
    const now = people?.find(({ id }) => id === this.seen?.id);
    if (!now) return;
    const [first] = overtaken(correction, now).map((detail) => say(form, detail, _('Now: {value}. Saved again, yours stands instead.', { value: this.#shown(detail, now) })));
    first?.focus();
    this.seen = now;
  }

  /** @param {Detail} detail @param {Listed} person */
  #shown(detail, person) {
    const value = person[detail];
    if (!value) return _('nothing');
    if (detail === 'group') return groupName(this.groups, value);
    if (detail === 'attendance') return attendanceName(value);
    if (detail === 'role') return roleName(value);
    return detail === 'language' ? languageName(value) : value;
  }

  /** @param {Detail} detail */
  #field(detail) {
    return /** @type {HTMLInputElement} */ (this.#form().elements.namedItem(detail));
  }

  #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }

  #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }
}

/** @param {Detail} name @param {string} label @param {{required?: boolean}} [more] */
function text(name, label, { required = false } = {}) {
  return html`<div class="field"><label class="label" for="person-${name}">${label}</label>
    <input id="person-${name}" name=${name} ?required=${required} maxlength=${LONGEST} autocomplete="off" dir="auto" aria-describedby="person-${name}-refused">
    <p class="wrong" id="person-${name}-refused" data-refused=${name}></p></div>`;
}

/** @param {Detail} name @param {string} label @param {string[][]} options @param {{fixed?: string}} [more] `fixed`: why it cannot be chosen */
function choice(name, label, options, { fixed = '' } = {}) {
  return html`<div class="field"><label class="label" for="person-${name}">${label}</label>
    <select id="person-${name}" name=${name} ?disabled=${Boolean(fixed)} aria-describedby="person-${name}-refused">${options.map(([value, called]) => html`<option value=${value}>${called}</option>`)}</select>${fixed ? html`<p class="quiet small">${fixed}</p>` : nothing}
    <p class="wrong" id="person-${name}-refused" data-refused=${name}></p></div>`;
}

/** What a person can be; a display comes in by a link of its own. @param {string} now */
function roles(now) {
  return [...new Set([...ROLE_IDS.filter((id) => id !== 'display'), now])].map((id) => [id, roleName(id)]);
}

/** @param {string|null} spoken one that may be none of those that are interpreted */
function languages(spoken) {
  const codes = new Set([...OFFICIAL_LANGUAGES, ...(spoken ? [spoken] : [])]);
  return [...codes].map((code) => [code, languageName(code)]);
}

customElements.define('secretariat-person', SecretariatPerson);
