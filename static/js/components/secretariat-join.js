/**
 * `<secretariat-join>`: the join code and its QR code, also as large as the screen.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _ } from '/static/js/lib/i18n.js';
import { spaced } from '/static/js/lib/join_code.js';

class SecretariatJoin extends LitElement {
  static properties = { join: { attribute: false } };

  constructor() {
    super();
    /** @type {{code: string, url: string}|null} */
    this.join = null;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.join) return nothing;
    const { code, url } = this.join;
    const address = new URL(url).host;
    return html`
      <section class="card desk-card desk-join" aria-labelledby="join-title">
        <h2 id="join-title">${_('Join as participant')}</h2>
        <div class="desk-join-in">
          <img class="qr" src="/api/join.svg" alt=${_('QR code of the join link')}>
          <div>
            <p class="code" dir="ltr">${spaced(code)}</p>
            <p class="quiet small" dir="ltr">${address}</p>
            <button @click=${this.#project}>${_('Show large')}</button>
          </div>
        </div>
      </section>
      <dialog class="project" aria-label=${_('Join as participant')}>
        <div class="inside">
          <img class="qr" src="/api/join.svg" alt=${_('QR code of the join link')}>
          <p class="code" dir="ltr">${spaced(code)}</p>
          <p class="where" dir="ltr">${address}</p>
          <form method="dialog"><button class="bare">${_('Close')}</button></form>
        </div>
      </dialog>`;
  }

  #project() {
    /** @type {HTMLDialogElement} */ (this.querySelector('dialog')).showModal();
  }
}

customElements.define('secretariat-join', SecretariatJoin);
