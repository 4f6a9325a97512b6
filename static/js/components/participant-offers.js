/**
 * `<participant-offers>`: those who offer to exchange places with the reader: accepted, or left alone.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import { Sending } from '/static/js/components/sending.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { nameOf, nameText } from '/static/js/components/who.js';
import { aboutText, ordinal } from '/static/js/lib/durations.js';
import { offersTo } from '/static/js/lib/exchanges.js';
import { expectationOf, waiting } from '/static/js/lib/expectation.js';
import { _ } from '/static/js/lib/i18n.js';

/** @typedef {import('/static/js/lib/exchanges.js').Place} Place */

class ParticipantOffers extends SessionElement {
  static properties = { ...SessionElement.properties, request: { attribute: false }, place: { type: Number } };

  static keys = ['request/', 'person/', 'me/requests', 'floor', 'forecast'];

  static ticks = 10_000;

  #sending = new Sending(this);

  /** Offers that the reader does not want: they may stand, but not in the way. @type {Set<string>} */
  #declined = new Set();

  /** @type {Set<string>} */
  #told = new Set();

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} the own one, which waits */
    this.request = null;
    this.place = 0;
  }

  render() {
    const offers = this.#open();
    if (!offers.length) return nothing;
    return html`${offers.map((offer) => this.#one(offer))}
      ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}`;
  }

  updated() {
    const offers = this.#open();
    for (const { request, person } of offers) {
      if (!this.#told.has(request.id)) say(_('{name} offers to exchange places with you', { name: nameText(person) }));
    }
    this.#told = new Set(offers.map(({ request }) => request.id));
  }

  /** Those that stand and were not declined; one that was taken back and made again is a new one. */
  #open() {
    const offers = this.request ? offersTo(this.session, this.request) : [];
    const standing = new Set(offers.map(({ request }) => request.id));
    for (const id of this.#declined) if (!standing.has(id)) this.#declined.delete(id);
    return offers.filter(({ request }) => !this.#declined.has(request.id));
  }

  /** @param {Place} offer */
  #one({ request, person, place }) {
    const { seconds } = expectationOf(this.session, waiting(this.session).slice(0, place - 1), this.session.now());
    const organisation = person?.organisation;
    return html`
      <section class="notice now offered" aria-label=${_('Exchange of places')}>
        <p><b>${nameOf(person)}</b>${organisation ? html` · <bdi>${organisation}</bdi>` : nothing}</p>
        <p>${_('offers to exchange places with you: you would be {place} instead of {now}, {about} from now.', { place: ordinal(place), now: ordinal(this.place), about: aboutText(seconds) })}</p>
        <div class="pair">
          <button ?disabled=${Boolean(this.#sending.type)} @click=${() => this.#accept(request.id)}>${_('Exchange places')}</button>
          <button @click=${() => this.#decline(request.id)}>${_('Keep my place')}</button>
        </div>
      </section>`;
  }

  /** @param {string} offer */
  #accept(offer) {
    if (this.request) this.#sending.send(this.session, 'floor.exchange', { request: this.request.id, with: offer });
  }

  /** @param {string} offer */
  #decline(offer) {
    this.#declined.add(offer);
    this.requestUpdate();
  }
}

customElements.define('participant-offers', ParticipantOffers);
