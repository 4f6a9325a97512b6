/**
 * `<note-undo>`: takes back the latest thing about notes and recommendations that can be taken back, and says which.
 */

import { html } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { commandButton } from './command_button.js';
import { undoIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Undoable} Undoable */

/** @type {Record<string, () => string>} */
const DEEDS = {
  'note.mark': () => _('note marked'),
  'note.move': () => _('note moved'),
  'note.remove': () => _('note removed'),
  'note.release': () => _('release of a note'),
  'recommendation.status': () => _('status of a recommendation'),
};

export class NoteUndo extends SessionElement {
  static keys = ['undo', 'person/', 'me/person'];

  render() {
    /** @type {Undoable|undefined} */
    const latest = this.get('undo')?.find((/** @type {Undoable} */ { type }) => type in DEEDS);
    const text = latest ? this.#text(latest) : '';
    return commandButton({
      id: 'undo',
      look: 'bare undo',
      whyNot: latest ? null : 'cannot_undo',
      run: () => latest && this.act('session.undo', { command: latest.command }),
      label: html`${undoIcon}<span class="words" title=${text}><b>${_('Undo')}</b> <span class="what"><span class="all">${text}</span></span></span>`,
    });
  }

  /** @param {Undoable} latest */
  #text({ type, by }) {
    const deed = DEEDS[type]();
    if (!by || by === this.get('me/person')?.id) return deed;
    return _('{what} (by {name})', { what: deed, name: nameText(this.get(`person/${by}`)) });
  }
}

customElements.define('note-undo', NoteUndo);
