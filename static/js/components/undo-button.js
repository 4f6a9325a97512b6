/**
 * `<undo-button>`: takes back the latest thing that can be taken back, and says which.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { deedName } from '../lib/deeds.js';
import { _ } from '../lib/i18n.js';
import { commandButton } from './command_button.js';
import { undoIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Undoable} Undoable */

export class UndoButton extends SessionElement {
  static keys = ['undo', 'person/', 'me/person', 'may/'];

  render() {
    /** @type {Undoable[]} */
    const undoable = this.get('undo') ?? [];
    // What rapporteurs do to their notes is theirs to take back, and must not stand before one's own.
    const latest = undoable.find(({ type }) => this.session.whyNot(type) !== 'not_allowed');
    const text = latest ? this.#text(latest) : '';
    return commandButton({
      id: 'undo',
      look: 'bare undo',
      whyNot: latest ? null : 'cannot_undo',
      run: () => latest && this.act('session.undo', { command: latest.command }),
      label: html`${undoIcon}<span class="words" title=${text || nothing}><b>${_('Undo')}</b> ${text ? html`<span class="what"><bdi>${text}</bdi></span>` : nothing}</span>`,
    });
  }

  /** @param {Undoable} latest */
  #text({ type, person, by }) {
    const deed = deedName(type, person ? nameText(this.get(`person/${person}`)) : '');
    if (!by || by === this.get('me/person')?.id) return deed;
    return _('{what} (by {name})', { what: deed, name: nameText(this.get(`person/${by}`)) });
  }
}

customElements.define('undo-button', UndoButton);
