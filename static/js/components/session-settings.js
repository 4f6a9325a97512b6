/**
 * `<session-settings>`: what holds for this session alone: places on the list, the warning, what happens by itself, how the record names people.
 *
 * The fields are filled on opening. What was not touched is not sent, so what somebody else sets meanwhile stays.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { changesOf, minutesOf } from '../lib/settings.js';
import { minutesText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { closeIcon } from './icons.js';
import { SessionDialog } from './session_dialog.js';
import { toast } from './toast.js';

/** @typedef {import('../lib/settings.js').Typed} Typed */
/** @typedef {import('../lib/settings.js').TypedAlarm} TypedAlarm */

const WARNINGS = [10, 15, 30, 45, 60, 90, 120];
const LONGEST_MINUTES = 1440;
const LONGEST_TEXT = 300;

export class SessionSettings extends SessionDialog {
  static properties = { ...SessionDialog.properties, alarms: { state: true }, problem: { state: true } };

  static titledBy = 'settings-title';

  static look = 'choose-rule session-settings';

  /** As the fields were filled. @type {any} */
  #seen = null;

  constructor() {
    super();
    /** @type {TypedAlarm[]} */
    this.alarms = [];
    this.problem = '';
  }

  open() {
    this.#seen = this.get('session');
    this.alarms = this.#seen.alarms.map((/** @type {any} */ alarm) => ({ ...alarm, minutes: String(minutesOf(alarm.after_seconds)) }));
    this.problem = '';
    return this.show();
  }

  inside() {
    return html`<form @submit=${this.#save}>
      <h2 id="settings-title">${_('Settings of the session')}</h2>
      ${this.#fields(this.#seen)}
      <p class="wrong" role="alert">${this.problem}</p>
      <div class="actions"><button type="button" @click=${this.close}>${_('Cancel')}</button><button class="act">${_('Save')}</button></div>
    </form>`;
  }

  /** @param {any} seen */
  #fields(seen) {
    const warnings = [...new Set([...WARNINGS, seen.warning_seconds])].sort((a, b) => a - b);
    return html`
      <label class="check"><input type="checkbox" name="one_request_each" ?checked=${seen.one_request_each}>
        <span>${_('Each person waits once on the list')} <small class="quiet">${_('Points of order and rights of reply apart.')}</small></span></label>
      ${choice('when_absent', _('Who is called and not there'), seen.when_absent, [
        ['to_the_end', _('goes to the end, once')], ['end_of_category', _('goes behind their group, once')], ['lost', _('loses the place')]])}
      ${choice('warning_seconds', _('Warning before the time is up'), String(seen.warning_seconds), warnings.map((each) => [String(each), minutesText(each)]))}
      <fieldset class="field alarms"><legend class="label">${_('What happens by itself')}</legend>
        ${this.alarms.length ? nothing : html`<p class="quiet small">${_('Nothing.')}</p>`}
        ${this.alarms.map((alarm, index) => this.#alarm(alarm, index))}
        <div class="row"><button type="button" data-add @click=${this.#add}>${_('Add')}</button></div>
      </fieldset>
      <fieldset class="field"><legend class="label">${_('Participants may')}</legend>
        <label class="check"><input type="checkbox" name="participants_may_propose" ?checked=${seen.participants_may_propose}>
          <span>${_('propose recommendations, and amendments to them')}</span></label>
        <label class="check"><input type="checkbox" name="participants_may_take_positions" ?checked=${seen.participants_may_take_positions}>
          <span>${_('state their position on a recommendation')}</span></label>
      </fieldset>
      <fieldset class="field"><legend class="label">${_('The record names')}</legend>
        ${choice('attribution_mode', _('Participants'), seen.attribution_mode, modes())}
        ${choice('attribution_mode_panellists', _('Panellists'), seen.attribution_mode_panellists, modes())}
        <p class="hint">${_('Once somebody has spoken it can only become stricter: people are told before they speak.')}</p>
      </fieldset>`;
  }

  /** @param {TypedAlarm} alarm @param {number} index */
  #alarm(alarm, index) {
    const set = (/** @type {object} */ more) => { this.alarms = this.alarms.map((each, place) => (place === index ? { ...each, ...more } : each)); };
    const value = (/** @type {Event} */ { target }) => /** @type {HTMLInputElement|HTMLSelectElement} */ (target).value;
    return html`<div class="alarm" role="group" aria-label=${_('{n}. thing that happens by itself', { n: index + 1 })}>
      <label class="minutes"><span class="visually-hidden">${_('After minutes')}</span>
        <input type="number" inputmode="numeric" required min="1" max=${LONGEST_MINUTES} .value=${alarm.minutes} @input=${(/** @type {Event} */ event) => set({ minutes: value(event) })}> ${_('min')}</label>
      <label><span class="visually-hidden">${_('After what')}</span><select @change=${(/** @type {Event} */ event) => set({ since: value(event) })}>
        ${options(alarm.since, [['session', _('after the session began')], ['segment', _('after each segment began')], ['list', _('after the list was opened')]])}</select></label>
      <label><span class="visually-hidden">${_('What happens')}</span><select @change=${(/** @type {Event} */ event) => set({ action: value(event) })}>
        ${options(alarm.action, [['close_list', _('the list closes')], ['announce', _('everybody is told')]])}</select></label>
      <button type="button" class="bare icon" aria-label=${_('Take away what happens after {n} min', { n: alarm.minutes })} @click=${() => this.#remove(index)}>${closeIcon}</button>
      ${alarm.action === 'announce' ? html`<label class="text"><span class="visually-hidden">${_('What everybody is told')}</span>
        <input required dir="auto" maxlength=${LONGEST_TEXT} placeholder=${_('What everybody is told')} .value=${alarm.text ?? ''} @input=${(/** @type {Event} */ event) => set({ text: value(event) })}></label>` : nothing}
    </div>`;
  }

  async #add() {
    this.alarms = [...this.alarms, { action: 'close_list', minutes: '15', since: 'session', text: null }];
    await this.updateComplete;
    /** @type {HTMLInputElement|undefined} */ ([...this.querySelectorAll('.alarm input')].at(-1))?.focus();
  }

  /** @param {number} index */
  async #remove(index) {
    this.alarms = this.alarms.filter((_alarm, place) => place !== index);
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('[data-add]'))?.focus();
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const fields = new FormData(this.#form());
    const text = (/** @type {string} */ name) => String(fields.get(name));
    /** @type {Typed} */
    const typed = {
      one_request_each: fields.has('one_request_each'),
      when_absent: text('when_absent'),
      participants_may_propose: fields.has('participants_may_propose'),
      participants_may_take_positions: fields.has('participants_may_take_positions'),
      warning_seconds: Number(text('warning_seconds')),
      attribution_mode: text('attribution_mode'),
      attribution_mode_panellists: text('attribution_mode_panellists'),
      alarms: this.alarms,
    };
    const changes = changesOf(this.#seen, typed);
    if (!Object.keys(changes).length) return this.close();
    const answer = await this.session.send('session.settings', changes);
    this.problem = answer.ok ? '' : (answer.message ?? '');
    if (!answer.ok) return;
    this.close();
    toast(_('The settings are in force.'));
  }

  #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }
}

/** @returns {[string, string][]} */
function modes() {
  return [['attributed', _('people by their names')], ['affiliation_only', _('organisations only')], ['non_attributed', _('nobody')]];
}

/** @param {string} name @param {string} label @param {string} chosen @param {[string, string][]} offered */
function choice(name, label, chosen, offered) {
  return html`<label class="limit-row"><span>${label}</span><select name=${name}>${options(chosen, offered)}</select></label>`;
}

/** @param {string} chosen @param {[string, string][]} offered */
function options(chosen, offered) {
  return offered.map(([id, called]) => html`<option value=${id} ?selected=${id === chosen}>${called}</option>`);
}

customElements.define('session-settings', SessionSettings);
