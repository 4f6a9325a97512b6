/**
 * `<enter-by-link>`: exchanges the key in the address for a signed-in browser.
 *
 * The key stands in the fragment, which no server logs; it leaves the address bar and the history before it is used.
 */
import { call, CallFailed } from '/static/js/lib/http.js';
import { _ } from '/static/js/lib/i18n.js';
import { clearRefusals, filledIn, refuse } from '/static/js/lib/refused_fields.js';

class EnterByLink extends HTMLElement {
  #key = '';
  #form = document.createElement('form');

  connectedCallback() {
    this.#form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    this.#form.addEventListener('input', () => clearRefusals(this.#form));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const { name } = filledIn(this.#form);
      if (name) this.#redeem(name);
      else refuse(this.#form, 'name', _('Say who you are; the others see who acts in this role.'));
    });
    this.#part('#again').addEventListener('click', () => this.#redeem());
    addEventListener('hashchange', () => this.#take());
    // The key has left the address; it comes along where the page is wanted in another language.
    for (const link of document.querySelectorAll('.languages a')) {
      link.addEventListener('click', () => { /** @type {HTMLAnchorElement} */ (link).hash = this.#key; });
    }
    this.#take();
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  #take() {
    const key = location.hash.slice(1);
    if (key) this.#key = key;
    history.replaceState(null, '', location.pathname);
    if (this.#key) this.#redeem();
    else this.#say(_('The link is not complete: the part after # is missing. Open it once more from where you got it.'));
  }

  /** @param {string} [name] */
  async #redeem(name) {
    if (!name) this.#show('#waiting');
    try {
      await call('POST', '/api/redeem', name ? { key: this.#key, name } : { key: this.#key });
      localStorage.setItem('companion:joined', 'yes');
      location.replace('/go');
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      this.#refused(failed, name);
    }
  }

  /**
   * @param {CallFailed} failed
   * @param {string} [name]
   */
  #refused(failed, name) {
    if (failed.code === 'name_required') {
      this.#show('form');
      this.#form.querySelector('input')?.focus();
    } else if (name && failed.field === 'name') {
      refuse(this.#form, 'name', failed.message);
    } else {
      this.#say(sentence(failed), ['unreachable', 'rate_limited', 'unexpected'].includes(failed.code));
    }
  }

  /**
   * @param {string} why
   * @param {boolean} [again] whether trying once more can help
   */
  #say(why, again = false) {
    this.#show('#refused');
    this.#part('#refused-why').textContent = why;
    this.#part('#again').hidden = !again;
  }

  /** @param {string} selector */
  #show(selector) {
    for (const part of ['#waiting', '#refused', 'form']) this.#part(part).hidden = part !== selector;
  }
}

/** @param {CallFailed} failed */
function sentence({ code, message }) {
  switch (code) {
    case 'unreachable': return _('The server cannot be reached. The link stays good; try again.');
    case 'revoked': return message || _('This link is no longer valid: it was used up, or the secretariat revoked it.');
    default: return message || _('Nobody is expected by this link.');
  }
}

customElements.define('enter-by-link', EnterByLink);
