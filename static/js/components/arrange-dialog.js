/**
 * `<arrange-dialog>`: the order that the rule suggests, as a change of the list that stands: to accept or not.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { call } from '../lib/http.js';
import { _, ngettext } from '../lib/i18n.js';
import { ordinal } from '../lib/durations.js';
import { ruleName } from '../lib/names.js';
import { refusalSentence } from '../lib/refusals.js';
import { stepsTo, worthShowing } from '../lib/arrangement.js';
import { waitingOn } from '../lib/speakers.js';
import { say } from './announcer.js';
import { commandButton } from './command_button.js';
import { SessionDialog } from './session_dialog.js';
import { affiliation, nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('../lib/arrangement.js').Step} Step */

const SETTLE_MS = 250;

export class ArrangeDialog extends SessionDialog {
  static properties = { ...SessionDialog.properties, steps: { state: true }, problem: { state: true } };

  static titledBy = 'arrange-title';

  static look = 'arrange';

  static keys = ['list', 'may/', 'person/'];

  constructor() {
    super();
    /** @type {Step[]|null} null until it has been looked up */
    this.steps = null;
    this.problem = '';
  }

  #unsubscribe = () => {};

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #settling;

  /** Look it up, and again whenever the list changes while it is open. */
  async open() {
    this.steps = null;
    await this.show();
    this.#unsubscribe();
    this.#unsubscribe = this.session.subscribe(() => {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.#lookUp(), SETTLE_MS);
    }, 'request/', 'list');
    return this.#lookUp();
  }

  inside() {
    const moving = (this.steps ?? []).filter(({ moves }) => moves).length;
    return html`<div class="inside">
      <h2 id="arrange-title">${_('Suggested order')}</h2>
      <p class="hint"><b>${ruleName(this.get('list')?.rule)}.</b> ${this.#summary(moving)}</p>
      ${moving ? html`<ol class="steps-to" role="list" tabindex="0" aria-label=${_('Suggested order')}>${worthShowing(this.steps ?? []).map((each) => ('stay' in each ? this.#staying(each.stay) : this.#moving(each)))}</ol>` : nothing}
      <div class="actions">
        <button type="button" @click=${this.close}>${moving ? _('Leave it as it is') : _('Close')}</button>
        ${moving ? commandButton({ id: 'arrange-so', look: 'act', label: _('Arrange so'), whyNot: this.session.whyNot('list.arrange'), run: () => this.#accept(moving) }) : nothing}
      </div>
    </div>`;
  }

  /** @param {number} moving */
  #summary(moving) {
    if (this.problem) return html`<span class="wrong">${this.problem}</span>`;
    if (!this.steps) return _('Looking it up…');
    if (!moving) return _('The list stands in this order already.');
    return ngettext('{n} of {all} would move:', '{n} of {all} would move:', moving, { all: this.steps.length });
  }

  /** @param {Step} step */
  #moving({ id, from, to, moves }) {
    /** @type {FloorRequest|undefined} */
    const request = this.get(`request/${id}`);
    const person = this.get(`person/${request?.person}`);
    return html`<li class="step" ?data-moves=${moves}>
      ${moves
        ? html`<span class="from-to"><span class="visually-hidden">${_('from {from} to {to}', { from: ordinal(from), to: ordinal(to) })}</span><span aria-hidden="true"><s>${from}</s> <b>${to}</b></span></span>`
        : html`<span class="from-to quiet">${to}</span>`}
      <span class="who"><span class="name">${nameOf(person)}</span><span class="quiet small clip">${affiliation(person, request?.on_behalf_of)}</span></span></li>`;
  }

  /** @param {number} count */
  #staying(count) {
    return html`<li class="step quiet small"><span></span>${ngettext('{n} more, in the order in which they stand', '{n} more, in the order in which they stand', count)}</li>`;
  }

  async #lookUp() {
    const now = waitingOn(this.all('request/')).map((/** @type {FloorRequest} */ { id }) => id);
    try {
      const { order, moved } = await call('GET', `/api/sessions/${encodeURIComponent(this.get('session').id)}/arrangement`);
      this.steps = stepsTo(now, order, moved);
      this.problem = '';
    } catch (error) {
      this.problem = refusalSentence(/** @type {{code?: string}} */ (error).code, /** @type {Error} */ (error).message);
    }
  }

  /** @param {number} moving */
  async #accept(moving) {
    const answer = await this.act('list.arrange');
    if (!answer.ok) return;
    this.close();
    say(ngettext('{n} moved', '{n} moved', moving));
  }

  closed() {
    this.#unsubscribe();
    clearTimeout(this.#settling);
  }
}

customElements.define('arrange-dialog', ArrangeDialog);
