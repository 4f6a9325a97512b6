/**
 * `<participant-now>`: who has the floor, and the next three.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/speaking-clock.js';
import { waiting } from '/static/js/lib/expectation.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { kindName } from '/static/js/lib/names.js';

const NEXT = 3;

class ParticipantNow extends SessionElement {
  static keys = ['floor', 'intervention/', 'request/', 'person/', 'me/person'];

  render() {
    const list = waiting(this.session);
    const intervention = this.get(`intervention/${this.get('floor')?.intervention}`);
    if (!intervention && !list.length) return nothing;
    return html`
      <section class="card now" aria-label=${_('On the floor')}>
        ${intervention ? this.#speaking(intervention) : html`<p class="quiet">${_('Nobody has the floor at this moment.')}</p>`}
        ${list.length ? this.#next(list) : nothing}
      </section>`;
  }

  /** @param {import('/static/js/lib/wire.js').Intervention} intervention */
  #speaking({ id, person, kind, on_behalf_of: behalf }) {
    const organisation = this.get(`person/${person}`)?.organisation;
    return html`
      <div class="now-speaking">
        <div class="now-who">
          <p class="label">${_('Speaking')}${kind === 'statement' ? nothing : ` · ${kindName(kind)}`}</p>
          <p class="now-name">${this.#name(person)}</p>
          ${behalf ? html`<p class="quiet small">${_('on behalf of')} <bdi>${behalf}</bdi></p>` : nothing}
          ${!behalf && organisation ? html`<p class="quiet small"><bdi>${organisation}</bdi></p>` : nothing}
        </div>
        <speaking-clock class="clock" .session=${this.session} .intervention=${id}></speaking-clock>
      </div>`;
  }

  /** @param {import('/static/js/lib/wire.js').FloorRequest[]} list */
  #next(list) {
    const more = list.length - NEXT;
    return html`
      <div class="now-next small">
        <p class="label">${_('Next')}</p>
        <ol>${list.slice(0, NEXT).map((request) => html`<li>${this.#name(request.person)}</li>`)}</ol>
        ${more > 0 ? html`<p class="quiet">${ngettext('and {n} more', 'and {n} more', more)}</p>` : nothing}
      </div>`;
  }

  /** @param {string} id */
  #name(id) {
    const person = this.get(`person/${id}`);
    const mine = id === this.get('me/person')?.id;
    return html`<bdi lang=${person?.language ?? nothing}>${person?.name ?? '…'}</bdi>${mine ? html` <span class="quiet">${_('(you)')}</span>` : nothing}`;
  }
}

customElements.define('participant-now', ParticipantNow);
