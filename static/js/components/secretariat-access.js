/**
 * `<secretariat-access>`: by what one person comes in: the devices they are signed in on, and their links.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { toast } from '/static/js/components/toast.js';
import { call, CallFailed } from '/static/js/lib/http.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

/** @typedef {import('/static/js/components/secretariat-people.js').Listed} Listed */

class SecretariatAccess extends LitElement {
  static properties = { person: { attribute: false }, own: { type: Boolean }, sure: { state: true } };

  constructor() {
    super();
    /** @type {Listed|null} */
    this.person = null;
    /** It is the reader's own access. */
    this.own = false;
    /** What is about to be done. @type {''|'sign-out'|'anew'} */
    this.sure = '';
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { person } = this;
    if (!person) return nothing;
    const { devices, links, connected } = person;
    return html`<section class="desk-access" aria-label=${_('The way in')}>
      <div class="row"><p>${connected ? html`<span class="tag ready">${_('connected')}</span> ` : nothing}${devices ? ngettext('Signed in on {n} device', 'Signed in on {n} devices', devices) : _('Signed in nowhere')}</p>
        ${devices && !this.own ? this.#asked('sign-out', { label: _('Sign out …'), act: _('Sign out everywhere'), run: () => this.#signOut(person), warning: warningOf(person) }) : nothing}</div>
      <div class="row"><p>${links.length ? ngettext('{n} valid link', '{n} valid links', links.length) : _('No link of their own')}</p>
        <button type="button" class="push" @click=${() => this.#make(person, false)}>${_('New link')}</button>
        ${links.length ? this.#asked('anew', { label: _('Link lost …'), act: _('Make it anew'), run: () => this.#make(person, true), warning: _('The links made before let nobody in any more, and whoever came in by them is signed out.') }) : nothing}</div>
    </section>`;
  }

  /** @param {'sign-out'|'anew'} what @param {{label: string, act: string, run: () => void, warning: string}} step */
  #asked(what, { label, act, run, warning }) {
    if (this.sure !== what) return html`<button type="button" class=${what === 'anew' ? '' : 'push'} @click=${() => this.#ask(what)}>${label}</button>`;
    return html`<p class="small desk-warn">${warning}</p>
      <span class="row push"><button type="button" class="danger" @click=${run}>${act}</button><button type="button" class="keep" @click=${() => this.#ask('')}>${_('Keep')}</button></span>`;
  }

  /** The button that was pressed is gone: go to the answer that does no harm. @param {''|'sign-out'|'anew'} what */
  async #ask(what) {
    this.sure = what;
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector(what ? '.keep' : 'button'))?.focus();
  }

  /** @param {Listed} person */
  async #signOut({ id }) {
    this.#ask('');
    try {
      await call('DELETE', `/api/people/${encodeURIComponent(id)}/devices`);
      toast(_('Signed out everywhere.'));
      this.dispatchEvent(new Event('people-changed', { bubbles: true }));
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      toast(refusalSentence(failed.code === 'unreachable' ? 'not_connected' : failed.code, failed.message));
    }
  }

  /** @param {Listed} person @param {boolean} anew */
  #make({ id, name }, anew) {
    this.sure = '';
    const advice = _('A personal link. Let the person scan it, or send it to nobody else: whoever has it speaks under this name.');
    this.dispatchEvent(new CustomEvent('make-link', { bubbles: true, detail: { person: id, title: name, advice, ...(anew && { anew }) } }));
  }
}

/** What to know before signing somebody out. @param {Listed} person */
function warningOf({ links }) {
  return links.length
    ? _('All their devices are disconnected at once. Their link still lets them in.')
    : _('All their devices are disconnected at once. Whoever still has the join code can come in again, as somebody new.');
}

customElements.define('secretariat-access', SecretariatAccess);
