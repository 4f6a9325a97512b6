/**
 * `<session-search>`: a field that finds notes, interventions, statements and recommendations of the session.
 *
 * What is found stands below the field. Down leads into it and Up back, Enter goes to the first, Escape puts it away. Choosing
 * one tells the page by the event `found`.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _, ngettext } from '../lib/i18n.js';
import { refusalSentence } from '../lib/refusals.js';
import { Searching } from '../live/searching.js';
import { say } from './announcer.js';
import { foundThing } from './found_thing.js';
import { SessionElement } from './session_element.js';

/** @typedef {import('../lib/wire_search.js').Found} Found */

const LONGEST = 200;
const GAP_PX = 4;

export class SessionSearch extends SessionElement {
  static properties = { shown: { state: true } };

  static keys = ['programme'];

  #searching = new Searching(document.body.dataset.session ?? '');

  constructor() {
    super();
    this.shown = false;
    this.#searching.addEventListener('changed', () => this.#answered());
    for (const name of ['resize', 'scroll']) addEventListener(name, () => this.#place(), { capture: true, passive: true });
    addEventListener('pointerdown', ({ target }) => { if (!this.contains(/** @type {Node} */ (target))) this.shown = false; });
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.shown = false;
    });
  }

  render() {
    const { answer } = this.#searching;
    return html`<form role="search" aria-label=${_('Notes and interventions')} @submit=${this.#submitted} @keydown=${this.#keydown}>
        <label class="visually-hidden" for="search-field">${_('Search notes and interventions')}</label>
        <input id="search-field" type="search" dir="auto" autocomplete="off" maxlength=${LONGEST} placeholder=${_('Search notes and interventions')}
          aria-controls="search-found" @input=${this.#typed} @focus=${() => { this.shown = true; }}>
        <div id="search-found" class="found card" popover="manual">${answer ? this.#found(answer) : nothing}</div>
      </form>`;
  }

  updated() {
    const open = this.shown && Boolean(this.#searching.answer);
    if (open !== this.#panel().matches(':popover-open')) this.#panel().togglePopover(open);
    this.#place();
  }

  /** What is found lies over the page, below the field, wherever that is now. */
  #place() {
    const panel = this.#panel();
    if (!panel?.matches(':popover-open')) return;
    const { left, bottom, width } = this.#field().getBoundingClientRect();
    const places = { x: left, y: bottom + GAP_PX, width };
    for (const [name, value] of Object.entries(places)) panel.style.setProperty(`--found-${name}`, `${value}px`);
  }

  /** @param {import('../live/searching.js').Answer} answer */
  #found({ count, results, failed }) {
    const zone = this.get('programme')?.time_zone ?? 'UTC';
    return html`<p class="quiet small count">${failed ? whyNot(failed) : countText(count, results.length)}
      ${failed ? html`<button type="button" class="bare" @click=${() => this.#searching.ask(this.#field().value, { now: true })}>${_('Search again')}</button>` : nothing}</p>
      <ol role="list">${results.map((found) => html`<li><button type="button" class="bare" @click=${() => this.#choose(found)}>${foundThing(found, zone)}</button></li>`)}</ol>`;
  }

  #answered() {
    const { answer } = this.#searching;
    this.shown = true;
    this.requestUpdate();
    if (answer) say(answer.failed ? whyNot(answer.failed) : countText(answer.count, answer.results.length));
  }

  /** @param {InputEvent} event */
  #typed(event) {
    this.shown = true;
    if (!event.isComposing) this.#searching.ask(this.#field().value);
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    event.preventDefault();
    const { answer } = this.#searching;
    if (this.#searching.busy || !answer?.results.length) this.#searching.ask(this.#field().value, { now: true });
    else this.#choose(answer.results[0]);
  }

  /** @param {Found} found */
  #choose(found) {
    this.shown = false;
    this.dispatchEvent(new CustomEvent('found', { detail: found, bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.#putAway(event);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.#field(), ...this.querySelectorAll('li button')];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!step || at < 0 || !stops[at + step]) return;
    event.preventDefault();
    this.shown = true;
    /** @type {HTMLElement} */ (stops[at + step]).focus();
  }

  /** What is found goes first, and what was typed the next time. @param {KeyboardEvent} event */
  #putAway(event) {
    event.preventDefault();
    const field = this.#field();
    field.focus();
    if (!this.shown || !this.#searching.answer) {
      field.value = '';
      this.#searching.ask('');
    }
    this.shown = false;
  }

  #panel() {
    return /** @type {HTMLElement} */ (this.querySelector('#search-found'));
  }

  #field() {
    return /** @type {HTMLInputElement} */ (this.querySelector('input'));
  }
}

/** @param {import('../lib/http.js').CallFailed} failed */
function whyNot({ code, message }) {
  return code === 'unreachable' ? _('Not connected. What is on the server can be searched again once the connection is back.') : message || refusalSentence(code);
}

/** @param {number} count @param {number} shown */
function countText(count, shown) {
  if (!count) return _('Nothing found. Search for the beginnings of other words.');
  const all = ngettext('{n} found', '{n} found', count);
  return count > shown ? `${all}. ${ngettext('The best one is shown.', 'The best {n} are shown.', shown)}` : all;
}

customElements.define('session-search', SessionSearch);
