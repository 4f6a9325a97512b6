/**
 * `<point-of-order>`: what goes before everything else: points of order, then the ruling on them.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { rulingName } from '../lib/names.js';
import { waitingOn } from '../lib/speakers.js';
import { commandButton } from './command_button.js';
import { closeIcon } from './icons.js';
import { SessionElement } from './session_element.js';
import { affiliation, attendanceTag, nameOf } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

const RULINGS = ['sustained', 'not_sustained', 'noted'];

export class PointOfOrder extends SessionElement {
  static paced = true;

  static keys = ['floor', 'request/', 'intervention/', 'person/', 'may/', 'me/person'];

  render() {
    /** @type {FloorRequest[]} */
    const requests = this.all('request/');
    const unruled = requests.filter((request) => request.kind === 'point_of_order' && ['speaking', 'delivered'].includes(request.status) && !request.ruling);
    const mayRule = this.session.whyNot('floor.rule') !== 'not_allowed';
    const waiting = waitingOn(requests, 'order');
    return [...(mayRule ? unruled : []).map((request) => this.#toRule(request)), ...waiting.map((request) => this.#toHear(request))];
  }

  /** @param {FloorRequest} request */
  #toHear(request) {
    const expect = { intervention: this.get('floor')?.intervention ?? null };
    return this.#strip(request, _('Point of order'), commandButton({
      id: `order-${request.id}`, look: 'now', label: _('Give the floor'), whyNot: this.session.whyNot('floor.give'),
      run: () => this.act('floor.give', { request: request.id }, { expect }),
    }), commandButton({
      id: `drop-${request.id}`, look: 'bare icon', label: closeIcon, name: _('Withdraw this point of order'), whyNot: this.session.whyNot('floor.withdraw'),
      run: () => this.act('floor.withdraw', { request: request.id }),
    }));
  }

  /** @param {FloorRequest} request */
  #toRule(request) {
    return this.#strip(request, _('Your ruling on the point of order'), ...RULINGS.map((ruling) => commandButton({
      id: `rule-${ruling}-${request.id}`, look: 'now', label: rulingName(ruling), whyNot: this.session.whyNot('floor.rule'),
      run: () => this.act('floor.rule', { request: request.id, ruling }),
    })));
  }

  /** @param {FloorRequest} request @param {string} title @param {unknown[]} buttons */
  #strip(request, title, ...buttons) {
    const person = this.get(`person/${request.person}`);
    const more = affiliation(person);
    return html`<section class="notice now order" aria-label=${title}>
      <div class="who"><p class="label">${title}</p><p><b>${nameOf(person)}</b></p>
        <p class="small tags">${attendanceTag(person?.attendance)}${more.length ? html`<span>${more}</span>` : nothing}</p>
        ${request.topic ? html`<p class="small">“<bdi>${request.topic}</bdi>”</p>` : nothing}</div>
      <div class="row">${buttons}</div>
    </section>`;
  }
}

customElements.define('point-of-order', PointOfOrder);
