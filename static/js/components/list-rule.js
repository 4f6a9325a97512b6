/**
 * `<list-rule>`: the rule in force with its reason, the order that it suggests, and whom it would have next.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { ruleName } from '../lib/names.js';
import { reasonText } from '../lib/rule_words.js';
import { commandButton } from './command_button.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire.js').ListOfSpeakers} ListOfSpeakers */

const TICK_MS = 20_000;

export class ListRule extends SessionElement {
  static keys = ['list', 'floor', 'request/', 'person/', 'programme', 'session', 'may/', 'me/person'];

  static ticks = TICK_MS;

  static paced = true;

  render() {
    /** @type {ListOfSpeakers|undefined} */
    const list = this.get('list');
    if (!list) return nothing;
    const suggested = this.#suggested(list);
    const reason = reasonText(list, { groups: this.get('programme')?.groups ?? [], name: nameText(suggested), now: this.session.now() });
    return html`<div class="rule" role="group" aria-label=${_('Rule of the list')}>
      <p><b>${ruleName(list.rule)}${reason ? ':' : ''}</b> <bdi class="reason">${reason}</bdi>${list.automatic ? html` <span class="tag chip">${_('kept up by itself')}</span>` : nothing}</p>
      ${this.#giveToSuggested(list)}
      ${list.rule === 'manual' ? nothing : commandButton({ id: 'arrange', label: _('Arrange…'), whyNot: this.session.whyNot('list.arrange'), run: () => this.#tell('arrange') })}
      ${commandButton({ id: 'rule', label: _('Rule…'), whyNot: this.session.whyNot('list.rule'), run: () => this.#tell('choose-rule') })}
    </div>`;
  }

  /** @param {ListOfSpeakers} list */
  #suggested(list) {
    const request = this.get(`request/${list.reason?.values.request}`);
    return request && this.get(`person/${request.person}`);
  }

  /** Where the first of the list is somebody else. @param {ListOfSpeakers} list */
  #giveToSuggested(list) {
    const request = list.reason?.values.request;
    const first = this.get(`request/${list.next}`);
    if (!request || request === list.next || first?.list === 'order') return nothing;
    const person = this.#suggested(list);
    const expect = { intervention: this.get('floor')?.intervention ?? null };
    return commandButton({
      id: 'give-suggested', look: 'suggested', label: html`<span class="to">${_('Give to')} <b class="clip" dir="auto" lang=${person?.language ?? nothing}>${nameText(person)}</b><span class="visually-hidden">, ${_('whom the rule suggests')}</span></span>`, whyNot: this.session.whyNot('floor.give'),
      run: () => this.act('floor.give', { request }, { expect }),
    });
  }

  /** @param {string} what */
  #tell(what) {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true }));
  }
}

customElements.define('list-rule', ListRule);
