/**
 * `<speaker-rows>`: those who wait on one list, in order, to be dragged, moved by keys, or acted on.
 *
 * While a finger is down, something is dragged or a menu is open, nothing moves; what happened
 * meanwhile shows as soon as it is let go.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { ordinal } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { expectedWaits, inOrder, neighbourBefore, secondsLeft } from '../lib/speakers.js';
import './action-menu.js';
import { say } from './announcer.js';
import { makeDraggable } from './drag.js';
import { SessionElement } from './session_element.js';
import './speaker-card.js';
import { actsOnRequests, requestActions } from './request_actions.js';
import { Stillness } from './stillness.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */

const TICK_MS = 10_000;
const MINUTE_MS = 60_000;

export class SpeakerRows extends SessionElement {
  static properties = { list: { attribute: false }, status: { attribute: false } };

  static keys = ['request/', 'person/', 'floor', 'intervention/', 'session', 'programme', 'may/', 'presence'];

  static ticks = TICK_MS;

  #still = new Stillness(this, () => this.requestUpdate());

  /** @type {{destroy: () => void}|null} */
  #draggable = null;

  /** A move that is on its way, shown already. @type {{id: string, after: string|null}|null} */
  #moving = null;

  /** What had the focus before rendering. @type {{id: string, index: number, part: string}|null} */
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
    this.#still.watch();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#still.unwatch();
    this.#draggable?.destroy();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  shouldUpdate(changed) {
    return super.shouldUpdate(changed) && !this.#still.held;
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
    const acting = actsOnRequests(this);
    return html`<ol class="rows" role="list" @click=${this.#clicked} @keydown=${this.#keydown} data-ordered=${ordered ? '' : nothing}>${repeat(requests, ({ id }) => id, (request, index) => {
      const person = this.get(`person/${request.person}`);
      const at = now + waits[index] * 1_000;
      return html`<li data-id=${request.id}><speaker-card .request=${request} .person=${person} .programme=${this.get('programme')}
        .place=${ordered ? index + 1 : 0} .at=${ordered && this.list === 'speakers' ? Math.round(at / MINUTE_MS) * MINUTE_MS : null}
        .minutes=${Math.round(waits[index] / 60)} .usual=${usual} .lost=${this.#lost(person)} .movable=${movable} .acting=${acting}></speaker-card></li>`;
    })}</ol><action-menu @closed=${() => this.#still.release('menu')}></action-menu>`;
  }

  firstUpdated() {
    this.#draggable = makeDraggable(/** @type {HTMLElement} */ (this.querySelector('ol')), {
      started: () => this.#still.hold('drag'),
      dropped: (id, place) => {
        this.#moveTo(id, place);
        this.#still.release('drag');
      },
    });
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    const active = document.activeElement;
    const row = this.contains(active) ? active?.closest('li') : null;
    const index = row ? [...(row.parentElement?.children ?? [])].indexOf(row) : 0;
    this.#focused = row ? { id: row.dataset.id ?? '', index, part: active?.classList.contains('grip') ? '.grip' : '.more-actions' } : null;
  }

  /** Moving a row drops the focus: it goes back to the row, or, if that is gone, to its place. */
  async updated() {
    const before = this.#focused;
    await Promise.resolve();
    if (!before || this.contains(document.activeElement)) return;
    const rows = [...this.querySelectorAll('li')];
    const row = rows.find((each) => each.dataset.id === before.id) ?? rows[Math.min(before.index, rows.length - 1)];
    /** @type {HTMLElement|null|undefined} */ (row?.querySelector(before.part))?.focus();
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
    this.#still.hold('menu');
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
