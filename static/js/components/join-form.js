/**
 * `<join-form>`: around the form that the server renders; coming in with the code of the meeting.
 *
 * Whoever has joined on this device before is offered to go on instead.
 */
import { JoinGroups } from '/static/js/components/join_groups.js';
import { call, CallFailed } from '/static/js/lib/http.js';
import { _ } from '/static/js/lib/i18n.js';
import { CODE_LENGTH, codeIn, spaced } from '/static/js/lib/join_code.js';
import { clearRefusals, filledIn, refuse, say } from '/static/js/lib/refused_fields.js';

const JOINED_BEFORE = 'companion:joined';

class JoinForm extends HTMLElement {
  #form = document.createElement('form');

  /** @type {JoinGroups} */
  // @ts-expect-error Set when the form is there.
  #groups;

  connectedCallback() {
    this.#form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    this.#groups = new JoinGroups(this.#form);
    const code = this.#input('code');
    code.value = spaced(codeIn(new URL(location.href).searchParams.get('code') ?? code.value));
    code.addEventListener('change', () => { code.value = spaced(codeIn(code.value)); });
    code.addEventListener('input', () => this.#recognise());
    code.addEventListener('paste', (event) => this.#paste(event, code));
    this.#form.addEventListener('input', (event) => clearRefusals(this.#form, /** @type {HTMLInputElement} */ (event.target).name));
    this.#form.addEventListener('submit', (event) => this.#submit(event));
    if (localStorage.getItem(JOINED_BEFORE)) this.#welcomeBack();
    else this.#begin();
  }

  /** @param {string} name */
  #input(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }

  /**
   * A pasted link or a spaced code becomes the code at once, before anything is sent.
   * @param {ClipboardEvent} event
   * @param {HTMLInputElement} code
   */
  #paste(event, code) {
    const pasted = codeIn(event.clipboardData?.getData('text') ?? '');
    if (pasted.length !== CODE_LENGTH) return;
    event.preventDefault();
    code.value = spaced(pasted);
    clearRefusals(this.#form, 'code');
    this.#recognise();
  }

  /** As soon as the code is whole, and without taking anybody away from where they type. */
  async #recognise() {
    const code = codeIn(this.#input('code').value);
    if (code.length !== CODE_LENGTH) return;
    const why = await this.#groups.look(code);
    if (why && code === codeIn(this.#input('code').value)) say(this.#form, 'code', why);
  }

  #begin() {
    this.#form.hidden = false;
    const [language] = navigator.language.split('-');
    const select = /** @type {HTMLSelectElement | null} */ (this.#form.elements.namedItem('language'));
    if (select && [...select.options].some((option) => option.value === language)) select.value = language;
    if (codeIn(this.#input('code').value).length === CODE_LENGTH) this.#input('name').focus();
    this.#recognise();
  }

  async #welcomeBack() {
    this.#form.hidden = true;
    const me = await call('GET', '/api/me').catch(() => null);
    if (!me) return this.#begin();
    const card = /** @type {HTMLElement} */ (this.querySelector('#returning'));
    const name = /** @type {HTMLElement} */ (card.querySelector('bdi'));
    name.textContent = me.person.name;
    card.hidden = false;
    card.querySelector('#someone-else')?.addEventListener('click', async () => {
      await call('POST', '/api/leave').catch(() => null);
      localStorage.removeItem(JOINED_BEFORE);
      card.hidden = true;
      this.#begin();
    });
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    clearRefusals(this.#form);
    const fields = filledIn(this.#form);
    fields.code = codeIn(fields.code ?? '');
    if (fields.code.length !== CODE_LENGTH) return refuse(this.#form, 'code', _('The code has eight letters and digits.'));
    const wrong = this.#groups.whyWrong(fields.code);
    if (wrong) return refuse(this.#form, 'code', wrong);
    if (!fields.name) return refuse(this.#form, 'name', _('Say who you are; the moderator calls you by this name.'));
    if (!fields.attendance) return refuse(this.#form, 'attendance', _('Say where you are: your microphone is opened there.'));
    const button = /** @type {HTMLButtonElement} */ (this.#form.querySelector('[type=submit]'));
    button.disabled = true;
    try {
      await call('POST', '/api/join', fields);
      localStorage.setItem(JOINED_BEFORE, 'yes');
      location.assign('/go');
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      this.#refused(failed);
      button.disabled = false;
    }
  }

  /** @param {CallFailed} failed */
  #refused(failed) {
    const field = failed.code === 'wrong_code' ? 'code' : failed.field || 'form';
    refuse(this.#form, field, failed.message || sentence(failed.code));
  }
}

/** @param {string} code */
function sentence(code) {
  switch (code) {
    case 'unreachable': return _('The server cannot be reached. What you typed stays here; try again.');
    case 'wrong_code': return _('No meeting has this code. Compare it with the screen in the room.');
    case 'rate_limited': return _('Too many tries. Wait a little, then try again.');
    default: return _('That did not work. Try again, or ask the secretariat.');
  }
}

customElements.define('join-form', JoinForm);
