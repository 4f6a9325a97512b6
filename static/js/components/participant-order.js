/**
 * `<participant-order>`: points of order and rights of reply: kept quiet, and what became of one's own.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-withdraw.js';
import { _ } from '/static/js/lib/i18n.js';
import { ownLimit, replyLimits } from '/static/js/lib/limit_words.js';
import { kindName, rulingName } from '/static/js/lib/names.js';
import { Sending } from '/static/js/components/sending.js';

/** @typedef {'point_of_order'|'procedural_motion'|'right_of_reply'} Kind */

class ParticipantOrder extends SessionElement {
  static properties = { ...SessionElement.properties, beside: { attribute: false }, ruled: { attribute: false } };

  static keys = ['session'];

  #sending = new Sending(this);

  constructor() {
    super();
    /** @type {import('/static/js/lib/wire.js').FloorRequest[]} own requests of these kinds that wait */
    this.beside = [];
    /** @type {import('/static/js/lib/wire.js').FloorRequest|null} the own point of order that was ruled on */
    this.ruled = null;
  }

  render() {
    const lists = new Set(this.beside.map((request) => request.list));
    return html`
      ${this.ruled ? this.#answered(this.ruled) : nothing}
      ${this.beside.map((request) => this.#waits(request))}
      ${lists.size === 2 ? nothing : html`
        <details class="quiet-part">
          <summary>${_('Point of order, right of reply')}</summary>
          <div class="quiet-part-in">
            ${lists.has('order') ? nothing : html`
              ${this.#offer('point_of_order', _('About the conduct of the meeting only. The moderator sees it at once and rules on it.'))}
              ${this.#offer('procedural_motion', _('To suspend or adjourn the meeting or the debate, or to close it. The moderator sees it at once and rules on it.'))}`}
            ${lists.has('reply') ? nothing : this.#offer('right_of_reply', html`${_('To answer a statement about you or whom you represent. It is heard when the list of speakers is through.')}
              ${replyLimits(this.get('session')?.limits.replies ?? {})}`)}
            ${this.#sending.type ? html`<p class="quiet small">${_('Not yet saved …')}</p>` : nothing}
          </div>
        </details>`}
      ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}`;
  }

  /** @param {import('/static/js/lib/wire.js').FloorRequest} request */
  #answered({ kind, ruling }) {
    return html`
      <div class="card beside">
        <div><b>${kindName(kind)}</b>
          <p class="quiet small">${_('The moderator’s ruling: {ruling}.', { ruling: rulingName(ruling) })}</p></div>
      </div>`;
  }

  /** @param {import('/static/js/lib/wire.js').FloorRequest} request */
  #waits(request) {
    return html`
      <div class="card beside">
        <div><b>${kindName(request.kind)}</b>
          <p class="quiet small">${request.list === 'order' ? _('The moderator sees it now.') : html`${_('It is heard when the list of speakers is through.')} ${ownLimit(request.limit_seconds)}`}</p></div>
        <participant-withdraw .session=${this.session} .request=${request}></participant-withdraw>
      </div>`;
  }

  /**
   * @param {Kind} kind
   * @param {unknown} meaning
   */
  #offer(kind, meaning) {
    return html`
      <div class="offer">
        <button class="wide" ?disabled=${Boolean(this.#sending.type)} aria-describedby=${kind} @click=${() => this.#raise(kind)}>${kindName(kind)}</button>
        <p class="quiet small" id=${kind}>${meaning}</p>
      </div>`;
  }

  /** @param {Kind} kind */
  #raise(kind) {
    this.#sending.send(this.session, 'floor.request', { kind });
  }
}

customElements.define('participant-order', ParticipantOrder);
