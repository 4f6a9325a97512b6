/**
 * `<participant-position>`: where one stands on a recommendation, if the session asks for it: chosen, changed, taken back.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { Sending } from '/static/js/components/sending.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { positionName, POSITIONS_IN_ORDER } from '/static/js/lib/recommendation_people.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

/** @typedef {import('/static/js/lib/wire_documents.js').PositionKind} PositionKind */

const LONGEST_TEXT = 1_000;
const TYPE = 'recommendation.position';

class ParticipantPosition extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {}, open: { state: true } };

  static keys = ['may/', 'me/', 'session', 'recommendation/'];

  #sending = new Sending(this);

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
    this.open = false;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session') && this.session) this.session.addEventListener('unsaved', () => this.requestUpdate());
  }

  render() {
    const whyNot = this.session.whyNot(TYPE);
    if (whyNot === 'not_allowed') return nothing;
    const own = this.#own();
    const waits = this.session.pending.some(({ type, data }) => type === TYPE && data.recommendation === this.recommendation);
    return html`<div class="own-position">
      ${own.position ? html`<p>${_('Your position:')} <b>${positionName(own.position)}</b>${this.#older(own.version)}</p>${own.text ? html`<p class="quiet" dir="auto">${own.text}</p>` : nothing}` : nothing}
      ${waits ? html`<p class="small now" role="status">${_('Not yet saved: it is sent as soon as you are connected.')}</p>` : nothing}
      ${this.#sending.refusal ? html`<p class="wrong" role="alert">${this.#sending.refusal}</p>` : nothing}
      ${this.open ? this.#form(own) : html`<div class="row">
        <button type="button" aria-disabled=${whyNot ? 'true' : nothing} @click=${this.#begin}>${own.position ? _('Change your position') : _('State your position')}</button>
        ${own.position ? html`<button type="button" class="bare" aria-disabled=${whyNot ? 'true' : nothing} @click=${() => this.#send({ position: null })}>${_('Take it back')}</button>` : nothing}</div>
        ${whyNot ? html`<p class="hint">${refusalSentence(whyNot)}</p>` : nothing}`}
    </div>`;
  }

  /** @param {number|null} version */
  #older(version) {
    const standing = this.get(`recommendation/${this.recommendation}`)?.version;
    return version && version !== standing ? html` <span class="quiet small">(${_('on version {version}', { version })})</span>` : nothing;
  }

  /** @param {{position: PositionKind|null, text: string|null}} own */
  #form(own) {
    return html`<form @submit=${this.#submit}>
      <fieldset class="field"><legend class="label">${_('Your position on this text')}</legend>
        ${POSITIONS_IN_ORDER.map((each) => html`<label class="check"><input type="radio" name=${`position-${this.recommendation}`} value=${each} required ?checked=${each === own.position}><span>${positionName(each)}</span></label>`)}</fieldset>
      <label class="field"><span class="label">${_('In your words (optional)')}</span><textarea name="text" rows="2" maxlength=${LONGEST_TEXT} dir="auto" .value=${own.text ?? ''}></textarea></label>
      <p class="hint">${this.#meaning()}</p>
      <div class="row"><button class="act" type="submit">${_('State it')}</button><button type="button" @click=${this.#end}>${_('Not now')}</button></div>
    </form>`;
  }

  #meaning() {
    switch (this.get('session')?.attribution_mode) {
      case 'attributed': return _('It stands in the record with your name and organisation.');
      case 'affiliation_only': return _('It stands in the record with your organisation, not your name.');
      default: return _('It stands in the record without your name and organisation; the secretariat can see whose it is.');
    }
  }

  /** @returns {import('/static/js/lib/wire_documents.js').OwnPart} */
  #own() {
    return this.get('me/recommendations')?.[this.recommendation] ?? { position: null, text: null, version: null, amendments: [] };
  }

  async #begin() {
    if (this.session.whyNot(TYPE)) return;
    this.open = true;
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  async #end() {
    this.#sending.forget();
    this.open = false;
    await this.updateComplete;
    this.querySelector('button')?.focus();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = String(fields.get('text')).trim();
    this.#send({ position: String(fields.get(`position-${this.recommendation}`)), ...(text && { text }) });
  }

  /** @param {{position: string|null, text?: string}} said */
  async #send(said) {
    if (this.session.whyNot(TYPE)) return;
    const { version } = this.get(`recommendation/${this.recommendation}`);
    const sent = this.#sending.send(this.session, TYPE, { recommendation: this.recommendation, version, ...said });
    if (this.session.state !== 'live') this.#end();
    if (await sent && this.open) this.#end();
  }
}

customElements.define('participant-position', ParticipantPosition);
