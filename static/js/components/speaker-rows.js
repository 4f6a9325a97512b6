/**
 * `<speaker-rows>`: those who wait on one list, in order, to be dragged, moved by keys, or acted on.
 *
 * While a finger is down, something is dragged or a menu is open, nothing moves; what happened
 * meanwhile shows as soon as it is let go.
 */

import { Sortable } from '/static/vendor/sortablejs.js';
import { html, nothing, repeat } from '/static/vendor/lit.js';
import { ordinal } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { expectedWaits, inOrder, neighbourBefore, secondsLeft } from '../lib/speakers.js';
import './action-menu.js';
import { say } from './announcer.js';
import { SessionElement } from './session_element.js';
import './speaker-card.js';
import { requestActions } from './request_actions.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

const TICK_MS = 10_000;
const MINUTE_MS = 60_000;
const RELEASE_MS = 300;

export class SpeakerRows extends SessionElement {
  static properties = { list: { attribute: false }, status: { attribute: false } };

  static keys = ['request/', 'person/', 'floor', 'intervention/', 'session', 'programme', 'may/', 'presence'];

  static ticks = TICK_MS;

  #held = new Set();

  /** @type {Sortable|null} */
  #sortable = null;

  /** A move that is on its way, shown already. @type {{id: string, after: string|null}|null} */
  #moving = null;

  /** What had the focus before rendering. @type {{id: string, part: string}|null} */
  #focused = null;

  constructor() {
    super();
    /** @type {'speakers'|'reply'|'order'} */
    this.list = 'speakers';
    /** @type {'waiting'|'held'} */
    this.status = 'waiting';
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('pointerdown', () => this.#hold('finger'));
    for (const name of ['pointerup', 'pointercancel']) window.addEventListener(name, () => setTimeout(() => this.#release('finger'), RELEASE_MS));
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  shouldUpdate(changed) {
    return super.shouldUpdate(changed) && !this.#held.size;
  }

  /** @returns {FloorRequest[]} */
  get requests() {
    const all = /** @type {FloorRequest[]} */ (this.all('request/'));
    const mine = inOrder(all.filter(({ status, list }) => status === this.status && (this.status === 'held' || list === this.list)));
    return this.#moving ? moved(mine, this.#moving) : mine;
  }

  render() {
    const requests = this.requests;
    const ordered = this.status === 'waiting';
    const now = this.session.now();
    const floor = this.get('floor');
    const left = secondsLeft([this.get(`intervention/${floor?.intervention}`), this.get(`intervention/${floor?.interrupted}`)], now);
    const waits = expectedWaits(requests, left);
    const usual = this.get('session')?.limits?.default_seconds ?? null;
    const movable = ordered && !this.session.whyNot('floor.move');
    return html`<ol class="rows" @click=${this.#clicked} @keydown=${this.#keydown} data-ordered=${ordered ? '' : nothing}>${repeat(requests, ({ id }) => id, (request, index) => {
      const person = this.get(`person/${request.person}`);
      const at = now + waits[index] * 1_000;
      return html`<li data-id=${request.id}><speaker-card .request=${request} .person=${person} .programme=${this.get('programme')}
        .place=${ordered ? index + 1 : 0} .at=${ordered && this.list === 'speakers' ? Math.round(at / MINUTE_MS) * MINUTE_MS : null}
        .minutes=${Math.round(waits[index] / 60)} .usual=${usual} .lost=${this.#lost(person)} .movable=${movable}></speaker-card></li>`;
    })}</ol><action-menu @closed=${() => this.#release('menu')}></action-menu>`;
  }

  firstUpdated() {
    const rows = /** @type {HTMLElement} */ (this.querySelector('ol'));
    /** @type {ChildNode|null} */
    let next = null;
    this.#sortable = Sortable.create(rows, {
      handle: '.grip',
      forceFallback: true,
      fallbackTolerance: 4,
      scrollSensitivity: 60,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 140,
      onStart: ({ item }) => {
        next = item.nextSibling;
        this.#hold('drag');
      },
      onEnd: ({ item, newIndex = 0 }) => {
        // Lit owns the order of the nodes: put the row back, and let the new order render.
        rows.insertBefore(item, next);
        this.#moveTo(item.dataset.id ?? '', newIndex + 1);
        this.#release('drag');
      },
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sortable?.option('disabled', true);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    const active = document.activeElement;
    const id = active?.closest('li')?.dataset.id;
    this.#focused = id && this.contains(active) ? { id, part: active?.classList.contains('grip') ? '.grip' : '.more-actions' } : null;
  }

  updated() {
    if (!this.#focused || this.contains(document.activeElement)) return;
    /** @type {HTMLElement|null} */
    const again = this.querySelector(`li[data-id="${CSS.escape(this.#focused.id)}"] ${this.#focused.part}`);
    again?.focus();
  }

  /** @param {import('../lib/wire.js').Person|undefined} person */
  #lost(person) {
    if (person?.attendance !== 'remote' || this.session.presence.isConnected(person.id) !== false) return null;
    return _('connection lost');
  }

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest('.more-actions');
    const id = target.closest('li')?.dataset.id;
    const request = this.requests.find((each) => each.id === id);
    if (!button || !request) return;
    const person = this.get(`person/${request.person}`);
    const items = requestActions(this, request, { place: this.requests.indexOf(request) + 1, count: this.requests.length, moveTo: (place) => this.#moveTo(request.id, place) });
    this.#hold('menu');
    const menu = /** @type {ActionMenu} */ (this.querySelector(':scope > action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (button), _('Actions for {name}', { name: nameText(person) }), items);
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    const target = /** @type {Element} */ (event.target);
    const id = target.closest('li')?.dataset.id ?? '';
    const place = this.requests.findIndex((each) => each.id === id) + 1;
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 1, End: this.requests.length }[event.key];
    if (to === undefined || !target.closest('.grip')) return;
    event.preventDefault();
    this.#moveTo(id, to);
  }

  /** @param {string} id @param {number} place counted from 1 */
  async #moveTo(id, place) {
    const requests = this.requests;
    const from = requests.findIndex((request) => request.id === id) + 1;
    const to = Math.max(1, Math.min(place, requests.length));
    if (!from || from === to) return;
    const after = neighbourBefore(requests, id, to);
    this.#moving = { id, after };
    this.requestUpdate();
    const answer = await this.act('floor.move', { request: id, after });
    this.#moving = null;
    this.requestUpdate();
    const name = nameText(this.get(`person/${requests[from - 1].person}`));
    if (answer.ok) say(_('{name} is now {place}', { name, place: ordinal(to) }));
  }

  /** @param {string} reason */
  #hold(reason) {
    this.#held.add(reason);
  }

  /** @param {string} reason */
  #release(reason) {
    this.#held.delete(reason);
    if (!this.#held.size) this.requestUpdate();
  }
}

/** @param {FloorRequest[]} requests @param {{id: string, after: string|null}} move */
function moved(requests, { id, after }) {
  const one = requests.find((request) => request.id === id);
  if (!one) return requests;
  const rest = requests.filter((request) => request !== one);
  rest.splice(after === null ? 0 : rest.findIndex((request) => request.id === after) + 1, 0, one);
  return rest;
}

customElements.define('speaker-rows', SpeakerRows);
