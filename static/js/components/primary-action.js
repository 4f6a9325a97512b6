/**
 * `<primary-action>`: the one thing to do next. One tap ends the current statement and starts the next.
 *
 * What a finger is already on stays what it was: the button is not re-rendered while it is pressed,
 * and it gives the floor to the person whose name it shows.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { attendanceName, statusName } from '../lib/names.js';
import { refusalSentence } from '../lib/refusals.js';
import { backIcon, checkIcon, goIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import { Stillness } from './stillness.js';
import { toast } from './toast.js';
import { affiliation, nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').Floor} Floor */
/** @typedef {{type: string, data: Record<string, unknown>, whom?: string|null, expect?: Record<string, unknown>, label: unknown, sub: unknown, icon: unknown}} Deed */

export class PrimaryAction extends SessionElement {
  static paced = true;

  static keys = ['floor', 'session', 'request/', 'person/', 'may/', 'me/person', 'presence'];

  #still = new Stillness(this, () => this.requestUpdate());

  connectedCallback() {
    super.connectedCallback();
    this.#still.watch();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#still.unwatch();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  shouldUpdate(changed) {
    return super.shouldUpdate(changed) && !this.#still.held;
  }

  render() {
    const deed = this.#deed();
    if (deed && this.session.whyNot(deed.type) === 'not_allowed') return this.#forOthers();
    if (!deed && this.#mayHaveRecord()) {
      return html`<a class="button act primary" href="/api/sessions/${this.get('session').id}/record.html"><span class="words"><span class="what">${_('Download the record')}</span></span>${goIcon}</a>`;
    }
    if (!deed) return html`<p class="primary nothing-to-do">${this.#quietText()}</p>`;
    const whyNot = this.session.whyNot(deed.type);
    const reason = whyNot ? refusalSentence(whyNot) : '';
    return html`<button type="button" class="act primary" aria-disabled=${whyNot ? 'true' : nothing} aria-describedby=${whyNot ? 'why-primary' : nothing}
        @keydown=${this.#keydown} @click=${() => this.#do(deed)}>
        <span class="words"><span class="what">${deed.label}</span><small>${whyNot ? reason : deed.sub}</small></span>${deed.icon}</button>
      ${whyNot ? html`<span id="why-primary" class="visually-hidden">${reason}</span>` : nothing}`;
  }

  /** What the list officer and the technical moderator see: who comes next, without a button. */
  #forOthers() {
    const { status } = this.get('session');
    /** @type {Floor|undefined} */
    const floor = this.get('floor');
    if (status !== 'open' || !floor?.next.person) return html`<p class="primary nothing-to-do">${status === 'open' ? this.#quietText() : statusName(status)}</p>`;
    return html`<p class="primary nothing-to-do">${inserted(_('Next: {name}'), html`<b>${nameOf(this.get(`person/${floor.next.person}`))}</b>`)}</p>`;
  }

  /** @returns {Deed|null} */
  #deed() {
    const status = this.get('session')?.status;
    if (status === 'scheduled') return { type: 'session.start', data: {}, label: _('Start the session'), sub: _('The list of speakers can open before or after.'), icon: goIcon };
    if (status === 'suspended') return { type: 'session.resume', data: {}, label: _('Resume the session'), sub: _('Everything goes on where it stood.'), icon: goIcon };
    return status === 'open' ? this.#floorDeed() : null;
  }

  /** @returns {Deed|null} */
  #floorDeed() {
    /** @type {Floor|undefined} */
    const floor = this.get('floor');
    if (!floor?.next.action) return null;
    const expect = { intervention: floor.intervention };
    const whom = floor.next.person;
    const person = this.get(`person/${whom}`);
    const name = html`<b>${nameOf(person)}</b>`;
    if (floor.next.action === 'give_back') {
      return { type: 'floor.end', data: {}, whom, expect, label: inserted(_('Give the floor back to {name}'), name), sub: _('The clock goes on with what was left.'), icon: backIcon };
    }
    const request = this.get(`request/${floor.next.request}`);
    const ready = request?.ready ? html` · ${checkIcon}${_('ready')}` : nothing;
    const lost = person?.attendance === 'remote' && this.session.presence.isConnected(person.id) === false ? html` · ${_('connection lost')}` : nothing;
    const more = affiliation(person, request?.on_behalf_of);
    const sub = html`${attendanceName(person?.attendance)}${ready}${lost}${more.length ? ' · ' : nothing}${more}`;
    return { type: 'floor.give', data: { request: floor.next.request }, whom, expect, label: inserted(_('Give the floor to {name}'), name), sub, icon: goIcon };
  }

  #quietText() {
    const status = this.get('session')?.status;
    if (status !== 'open') return _('The session is closed.');
    return this.get('floor')?.intervention ? _('Nobody waits after this statement.') : _('Nobody waits for the floor.');
  }

  #mayHaveRecord() {
    const over = ['closed', 'finalised'].includes(this.get('session')?.status);
    return over && ['moderator', 'secretariat'].includes(this.get('me/person')?.role);
  }

  /**
   * Where the statement before has ended since it was drawn, and it still says who comes next, that is no reason to refuse it;
   * where somebody else has been given the floor, it is.
   * @param {Deed} shown
   */
  #do(shown) {
    const now = this.#deed();
    const { type, data, expect } = now && isSame(now, shown) && !now.expect?.intervention ? now : shown;
    const whyNot = this.session.whyNot(type);
    if (whyNot) return toast(refusalSentence(whyNot));
    return this.act(type, data, expect ? { expect } : {});
  }

  /** A key that is held down gives the floor once. @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.repeat) event.preventDefault();
  }
}

/** @param {Deed} one @param {Deed} other */
function isSame(one, other) {
  return one.type === other.type && one.data.request === other.data.request && one.whom === other.whom;
}

/** Put a template where `{name}` stands in a sentence. @param {string} sentence @param {unknown} name */
function inserted(sentence, name) {
  const [before, after = ''] = sentence.split('{name}');
  return html`${before}${name}${after}`;
}

customElements.define('primary-action', PrimaryAction);
