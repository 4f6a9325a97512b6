/**
 * `<secretariat-made>`: a link that was just made, shown once: its key is stored nowhere in the clear.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import '/static/js/components/copied-link.js';
import { _ } from '/static/js/lib/i18n.js';
import { pictureOf } from '/static/js/lib/pictures.js';

/** @typedef {{title: string, advice: string, url: string, svg: string}} Made */

export class SecretariatMade extends LitElement {
  static properties = { made: { state: true } };

  constructor() {
    super();
    /** @type {Made|null} */
    this.made = null;
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Made} made */
  async show(made) {
    this.made = made;
    await this.updateComplete;
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
    if (!dialog.open) dialog.showModal();
  }

  render() {
    return html`
      <dialog aria-labelledby="made-title" @close=${() => { this.made = null; }}>
        ${this.made ? html`
          <div class="inside made">
            <h2 id="made-title"><bdi>${this.made.title}</bdi></h2>
            <p>${this.made.advice}</p>
            <img class="qr" src=${pictureOf(this.made.svg)} alt=${_('QR code of this link')}>
            <copied-link url=${this.made.url}></copied-link>
            <p class="quiet small">${_('Shown this once. Links made earlier stay valid until they are revoked.')}</p>
            <form method="dialog" class="actions"><button class="act">${_('Done')}</button></form>
          </div>` : nothing}
      </dialog>`;
  }
}

customElements.define('secretariat-made', SecretariatMade);
