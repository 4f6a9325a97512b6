/**
 * `<participant-exchange>`: letting others go first, and offering to exchange places with one of them.
 */
import { html, nothing, repeat } from '/static/vendor/lit.js';
import { Sending } from '/static/js/components/sending.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { nameOf, nameText } from '/static/js/components/who.js';
import { ordinal } from '/static/js/lib/durations.js';
import { offeredTo, othersOn } from '/static/js/lib/exchanges.js';
import { _ } from '/static/js/lib/i18n.js';

/** @typedef {import('/static/js/lib/exchanges.js').Place} Place */

class ParticipantExchange extends SessionElement {
  static properties = { ...SessionElement.properties, request: { attribute: false }, behind: { attribute: false }, chosen: { state: true } };

  static keys = ['request/', 'person/', 'me/requests'];

  #sending = new Sending(this);

  /** What the choice holds: it stands still while somebody chooses. @type {Place[]} */
  #others = [];

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} the own one, which waits */
    this.request = null;
    /** @type {string|null} the request right after it */
    this.behind = null;
    this.chosen = '';
  }

  render() {
    const { request, behind } = this;
    if (!request) return nothing;
    const busy = Boolean(this.#sending.type);
    const offered = offeredTo(this.session, request);
    return html`
      <details class="quiet-part">
        <summary>${_('Move back, or exchange places')}</summary>
        <div class="quiet-part-in">
          ${behind ? html`
            <button class="wide" ?disabled=${busy} @click=${() => this.#send('floor.move', { after: behind })}>${_('Let the next one go first')}</button>
            <button class="wide" ?disabled=${busy} @click=${() => this.#send('floor.move', {})}>${_('Go to the end of the list')}</button>` : nothing}
          ${offered ? this.#offered(offered, busy) : this.#offer(request, busy)}
          ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}
        </div>
      </details>`;
  }

  /** @param {Place} partner @param {boolean} busy */
  #offered({ person, place }, busy) {
    return html`
      <p><bdi>${ordinal(place)}</bdi> · ${nameOf(person)}</p>
      <p class="small">${_('You offered to exchange places. You both keep yours until the other agrees; you are not told of a no.')}</p>
      <button class="wide" ?disabled=${busy} @click=${() => this.#send('floor.exchange', { with: null })}>${_('Take the offer back')}</button>`;
  }

  /** @param {import('/static/js/lib/wire.js').FloorRequest} own @param {boolean} busy */
  #offer(own, busy) {
    if (document.activeElement?.id !== 'exchange-with') this.#others = othersOn(this.session, own);
    if (!this.#others.length) return html`<p class="quiet small">${_('Nobody else is on the list to exchange places with.')}</p>`;
    return html`
      <label class="field"><span class="label">${_('Exchange places with')}</span>
        <select id="exchange-with" @change=${this.#choose} @blur=${() => this.requestUpdate()}>
          <option value="">${_('somebody on the list …')}</option>
          ${repeat(this.#others, ({ request }) => request.id, ({ request, person, place }) => html`
            <option value=${request.id} .selected=${request.id === this.chosen}>${ordinal(place)} · ${optionText(person)}</option>`)}
        </select>
      </label>
      <button class="wide" ?disabled=${busy || !this.#others.some(({ request }) => request.id === this.chosen)} @click=${() => this.#send('floor.exchange', { with: this.chosen })}>${_('Offer to exchange places')}</button>
      <p class="quiet small">${_('It happens once the other agrees.')}</p>`;
  }

  /** @param {Event} event */
  #choose({ target }) {
    this.chosen = /** @type {HTMLSelectElement} */ (target).value;
  }

  /** @param {'floor.move'|'floor.exchange'} type @param {Record<string, unknown>} data */
  async #send(type, data) {
    const { request, chosen } = this;
    if (!request || !await this.#sending.send(this.session, type, { request: request.id, ...data })) return;
    if (this.chosen === chosen) this.chosen = ''; // what was chosen while the answer was awaited stays
  }
}

/** Set apart from the number beside it, whichever way it is written. @param {import('/static/js/lib/wire.js').Person|undefined} person */
function optionText(person) {
  return `\u2068${nameText(person)}${person?.organisation ? ` · ${person.organisation}` : ''}\u2069`;
}

customElements.define('participant-exchange', ParticipantExchange);
