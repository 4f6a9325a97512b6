/**
 * `<participant-thanks>`: how the last own request ended, before the next one.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { minutesText, spokenSeconds } from '/static/js/lib/durations.js';
import { _ } from '/static/js/lib/i18n.js';
import { rulingName } from '/static/js/lib/names.js';
import { rememberText } from '/static/js/lib/remembered.js';

class ParticipantThanks extends SessionElement {
  static properties = { ...SessionElement.properties, last: { attribute: false } };

  static keys = ['list', 'me/person', 'may/', 'intervention/'];

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} */
    this.last = null;
  }

  render() {
    if (!this.last) return nothing;
    const { title, text } = this.#words(this.last);
    return html`
      <section class="card state thanks">
        <h2>${title}</h2>
        ${text ? html`<p class="quiet">${text}</p>` : nothing}
      </section>
      <button class="wide big" @click=${this.#askAgain}>${_('Request the floor again')}</button>`;
  }

  updated() {
    // A device may be somebody else's tomorrow.
    if (this.last && ['written', 'delivered'].includes(this.last.status)) rememberText(this.last.id, null);
  }

  /** @param {import('/static/js/lib/wire.js').FloorRequest} last */
  #words(last) {
    if (last.ruling) return { title: _('Thank you'), text: _('The moderator’s ruling: {ruling}.', { ruling: rulingName(last.ruling) }) };
    if (last.status === 'not_reached') return { title: _('Your turn did not come'), text: _('Time ran out before the list was through. Your request stands in the record as not reached.') };
    if (last.status === 'withdrawn') return { title: _('You are off the list'), text: _('Your request was withdrawn.') };
    if (last.status === 'written') return { title: _('Your statement is handed in'), text: _('It stands in the record as a written statement that was not delivered.') };
    if (last.status === 'absent' || last.status === 'struck') return { title: _('You were called and did not answer'), text: _('Your request was taken off the list.') };
    const seconds = this.#spoken(last.id);
    return { title: _('Thank you'), text: seconds ? _('You spoke for {time}.', { time: minutesText(seconds) }) : '' };
  }

  /** @param {string} request */
  #spoken(request) {
    const own = this.session.values('intervention/').find((each) => each.request === request && !each.void);
    return own ? spokenSeconds(own, this.session.now() ?? 0) : 0;
  }

  #askAgain() {
    this.dispatchEvent(new CustomEvent('again', { bubbles: true }));
  }
}

customElements.define('participant-thanks', ParticipantThanks);
