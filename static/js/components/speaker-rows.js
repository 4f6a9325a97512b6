/**
 * `<speaker-rows>`: those who wait on one list, in order, to be dragged, moved by keys, or acted on.
 *
 * While a finger is down, something is dragged or a menu is open, nothing moves; what happened meanwhile shows as soon as it is let go.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { ordinal } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { neighbourBefore } from '../lib/speakers.js';
import './action-menu.js';
import { say } from './announcer.js';
import { inItsFrame } from './frames.js';
import { KeptFocus } from './kept_focus.js';
import { requestActions } from './request_actions.js';
import { RowDrag } from './row_drag.js';
import { RowModel } from './row_model.js';
import { RowWindow } from './row_window.js';
import { SessionElement } from './session_element.js';
import './speaker-card.js';
import { Stillness } from './stillness.js';
import { nameText } from './who.js';

/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./row_window.js').Entry} Entry */
/** @typedef {import('./speaker-card.js').SpeakerCard} SpeakerCard */

/** Cards whose places are written in one frame. */
const TOGETHER = 3;

export class SpeakerRows extends SessionElement {
  static properties = { list: { attribute: false }, status: { attribute: false } };

  static keys = ['request/', 'person/', 'floor', 'intervention/', 'session', 'programme', 'may/', 'presence', 'forecast'];

  static ticks = 10_000;

  static paced = true;

  #still = new Stillness(this, () => this.requestUpdate());

  #model = new RowModel(this);

  #window = new RowWindow(this);

  #drag = new RowDrag(this, { ids: () => this.#ids(), row: () => (this.#long ? this.#window.row : null) }, {
    started: (id) => {
      this.#dragged = id;
      this.#still.hold('drag');
    },
    dropped: (id, place) => this.#moveTo(id, place),
    ended: () => {
      this.#dragged = '';
      this.#still.release('drag');
    },
  });

  #dragged = '';

  /** A move that is on its way, shown already. @type {{id: string, after: string|null}|null} */
  #moving = null;

  #focus = new KeptFocus(this);

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
    this.#window.watch();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#drag.stop();
    this.#still.unwatch();
    this.#window.unwatch();
  }

  /** As shown: while the list is kept still, as it was before. */
  get requests() {
    return this.#model.requests;
  }

  get #long() {
    return this.#window.isLong(this.requests.length);
  }

  render() {
    const count = this.requests.length;
    const kept = [this.#focus.id, this.#dragged].map((id) => this.#placeOf(id) - 1).filter((place) => place >= 0);
    const drawn = this.#window.inTurn(this.#model.drawn(this.#window.places(count, kept)), count);
    return html`<div class="rows" ?data-ordered=${this.status === 'waiting'} ?data-long=${this.#long} @click=${this.#clicked} @keydown=${this.#keydown}>
        <div class="all" role=${count ? 'list' : nothing}>${repeat(drawn, ({ row }) => row.request.id, ({ row, place }) => html`
          <div class="entry" role="listitem" data-id=${row.request.id} .place=${place}><speaker-card .row=${row}></speaker-card></div>`)}</div></div>
      <action-menu @closed=${() => this.#still.release('menu')}></action-menu>`;
  }

  /** A list that is kept still is rendered only where another part of it comes in sight. @param {Map<PropertyKey, unknown>} changed */
  shouldUpdate(changed) {
    return super.shouldUpdate(changed) && (this.#looking || this.#window.moved || this.#window.late);
  }

  get #looking() {
    return !this.#still.held || Boolean(this.#moving);
  }

  /** Of a very long list, the order is worked out in the frame before the one that draws it. @returns {void|Promise<unknown>} */
  scheduleUpdate() {
    if (this.hasUpdated && this.#long && this.#looking) inItsFrame(() => this.#model.prepare(this.#moving));
    return super.scheduleUpdate();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    this.#focus.look((id) => this.#placeOf(id));
    if (this.#looking) this.#model.look(this.#moving);
  }

  /** Where each stands is written a few at a time. */
  #stand() {
    const cards = /** @type {SpeakerCard[]} */ ([...this.querySelectorAll('.rows speaker-card')]);
    const stand = (/** @type {SpeakerCard} */ card) => {
      const place = this.#placeOf(card.row.request.id);
      if (!place) return;
      card.standing = this.#model.standing(place - 1);
      this.#window.tell(/** @type {Entry} */ (card.parentElement), place, this.requests.length);
    };
    if (!this.#long) return cards.forEach(stand);
    while (cards.length) {
      const few = cards.splice(0, TOGETHER);
      inItsFrame(() => few.forEach(stand));
    }
  }

  updated() {
    if (this.#window.late) this.requestUpdate();
    else this.#stand();
    this.#window.settle(this.requests.length);
    this.#focus.restore(this.#ids());
  }

  #ids() {
    return this.requests.map(({ id }) => id);
  }

  /** Counted from 1; 0 if it is not there. @param {string} id */
  #placeOf(id) {
    return this.requests.findIndex((request) => request.id === id) + 1;
  }

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest('.more-actions');
    const id = /** @type {HTMLElement|null} */ (target.closest('.entry'))?.dataset.id ?? '';
    const place = this.#placeOf(id);
    if (!button || !place) return;
    const request = this.requests[place - 1];
    this.#still.hold('menu');
    const items = requestActions(this, request, { place, count: this.requests.length, moveTo: (to) => this.#moveTo(id, to) });
    const menu = /** @type {ActionMenu} */ (this.querySelector(':scope > action-menu'));
    menu.openAt(/** @type {HTMLElement} */ (button), _('Actions for {name}', { name: nameText(this.get(`person/${request.person}`)) }), items);
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    const target = /** @type {Element} */ (event.target);
    const id = /** @type {HTMLElement|null} */ (target.closest('.entry'))?.dataset.id ?? '';
    const place = this.#placeOf(id);
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 1, End: this.requests.length }[event.key];
    if (to === undefined || !target.closest('.grip')) return;
    event.preventDefault();
    this.#moveTo(id, to);
  }

  /** @param {string} id @param {number} place counted from 1 */
  async #moveTo(id, place) {
    const { requests } = this;
    const from = this.#placeOf(id);
    const to = Math.max(1, Math.min(place, requests.length));
    if (!from || from === to) return;
    const after = neighbourBefore(requests, id, to);
    this.#moving = { id, after };
    this.requestUpdate();
    const answer = await this.act('floor.move', { request: id, after });
    this.#moving = null;
    this.requestUpdate();
    if (answer.ok) say(_('{name} is now {place}', { name: nameText(this.get(`person/${requests[from - 1].person}`)), place: ordinal(to) }));
  }
}

customElements.define('speaker-rows', SpeakerRows);
