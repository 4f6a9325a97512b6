/**
 * `<undo-button>`: takes back the latest thing that can be taken back, and says which; its menu has the steps before.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { deedName } from '../lib/deeds.js';
import { _ } from '../lib/i18n.js';
import './action-menu.js';
import { commandButton } from './command_button.js';
import { downIcon, undoIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import { toast } from './toast.js';
import { nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Undoable} Undoable */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

/** Steps that the menu offers. */
const OFFERED = 9;

/** Stands for a name, to find where it is in a sentence: where it is cut, it is cut at its own end, whatever its direction. */
const NAME = '\uFFFC';

export class UndoButton extends SessionElement {
  static keys = ['undo', 'person/', 'me/person', 'may/'];

  /** What a tap takes back is what stands here. */
  static paced = /** @type {const} */ ('first');

  render() {
    const steps = this.#steps();
    const text = steps.length ? this.#text(steps[0]) : '';
    return html`${commandButton({
      id: 'undo',
      look: 'bare undo',
      whyNot: steps.length ? null : 'cannot_undo',
      run: () => this.#undo(steps[0]),
      name: text ? `${_('Undo')} ${text}` : undefined,
      label: html`${undoIcon}<span class="words"><b>${_('Undo')}</b> ${text ? html`<span class="what">${this.#pieces(steps[0])}</span>` : nothing}</span>`,
    })}${steps.length > 1 ? html`<button type="button" class="bare icon undo-more" aria-label=${_('Take back an earlier step')} aria-haspopup="menu" aria-expanded="false" @click=${this.#menu}>${downIcon}</button><action-menu></action-menu>` : nothing}`;
  }

  /** What rapporteurs do to their notes is theirs to take back, and must not stand before one's own. @returns {Undoable[]} */
  #steps() {
    return (this.get('undo') ?? []).filter((/** @type {Undoable} */ { type }) => this.session.whyNot(type) !== 'not_allowed');
  }

  /** @param {Event} event */
  #menu({ currentTarget }) {
    const items = this.#steps().slice(0, OFFERED).map((step) => ({ label: this.#deed(step), more: this.#by(step), run: () => this.#undo(step) }));
    /** @type {ActionMenu} */ (this.querySelector('action-menu')).openAt(/** @type {HTMLElement} */ (currentTarget), _('Take back an earlier step'), items);
  }

  /** Where something later depends on it, say what has to be undone first. @param {Undoable} step */
  async #undo({ command }) {
    const answer = await this.session.send('session.undo', { command });
    if (answer.ok) return;
    const first = this.#steps().find((each) => each.command === answer.depends_on);
    toast(first ? _('First undo: {what}.', { what: this.#text(first) }) : answer.message ?? '');
  }

  /** Where there is no room for all of it, what says least goes first. @param {Undoable} step */
  #pieces(step) {
    const [before, after] = deedName(step.type, step.person ? NAME : '').split(NAME);
    const by = this.#by(step);
    return html`${after === undefined ? html`<span class="all">${before}</span>`
      : html`<span>${before}</span>${nameOf(this.get(`person/${step.person}`))}<span class=${before ? 'less' : 'deed'}>${after}</span>`}${
      by ? html`<span class="less">${_('{what} ({by})', { what: '', by })}</span>` : nothing}`;
  }

  /** @param {Undoable} step */
  #text(step) {
    const [what, by] = [this.#deed(step), this.#by(step)];
    return by ? _('{what} ({by})', { what, by }) : what;
  }

  /** @param {Undoable} step */
  #deed({ type, person }) {
    return deedName(type, person ? nameText(this.get(`person/${person}`)) : '');
  }

  /** By whom, unless it was the reader. @param {Undoable} step */
  #by({ by }) {
    return !by || by === this.get('me/person')?.id ? '' : _('by {name}', { name: nameText(this.get(`person/${by}`)) });
  }
}

customElements.define('undo-button', UndoButton);
