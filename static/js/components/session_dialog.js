/**
 * What the screens' dialogs have in common: what stands in one is made when it is opened, and gone when it is closed.
 *
 * A closed one renders nothing, whatever happens in the session, and holds no fields, each of which would cost time in
 * every frame. A class says in `inside` what stands in it, which element of that names it, and which class it has.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from './session_element.js';

export class SessionDialog extends SessionElement {
  /** @type {import('/static/vendor/lit.js').PropertyDeclarations} */
  static properties = { ...SessionElement.properties, shown: { state: true } };

  /** The id of its heading. */
  static titledBy = '';

  /** The class of the `<dialog>`. */
  static look = '';

  constructor() {
    super();
    this.shown = false;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  shouldUpdate(changed) {
    return super.shouldUpdate(changed) && (this.shown || changed.has('shown') || changed.has('session'));
  }

  /** @returns {unknown} */
  render() {
    const { titledBy, look } = /** @type {typeof SessionDialog} */ (this.constructor);
    return html`<dialog class=${look || nothing} aria-labelledby=${titledBy} @close=${this.#closed}>${this.shown ? this.inside() : nothing}</dialog>`;
  }

  /** What stands in it. @returns {unknown} */
  inside() {
    return nothing;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.dialog?.open) this.close();
  }

  /** Open it, with what is in it there already; what stood in it when it was closed is made anew. */
  async show() {
    if (this.shown && !this.dialog.open) await this.#end();
    this.shown = true;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** It has been closed, by whatever way. */
  closed() {}

  get dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector(':scope > dialog'));
  }

  /** The event comes a moment after the closing: it may have been opened again. */
  #closed() {
    if (!this.dialog.open) this.#end();
  }

  /** @returns {Promise<unknown>} */
  #end() {
    this.shown = false;
    this.closed();
    return this.updateComplete;
  }
}
