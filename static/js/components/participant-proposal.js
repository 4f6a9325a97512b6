/**
 * `<participant-proposal>`: the form in which a participant proposes a recommendation, or an amendment to one, if the session allows it.
 *
 * What was written is kept by the outbox until it has arrived, also through an outage.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import { bracketHint } from '/static/js/components/bracketed_text.js';
import { fitToText } from '/static/js/components/fitting.js';
import { Sending } from '/static/js/components/sending.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { wordChanges } from '/static/js/components/word_changes.js';
import { _ } from '/static/js/lib/i18n.js';
import { textName } from '/static/js/lib/poll_words.js';
import { refusalSentence } from '/static/js/lib/refusals.js';
import { newId } from '/static/js/live/ids.js';

/** @typedef {import('/static/js/lib/wire_documents.js').Recommendation} Recommendation */

const LONGEST_TEXT = 10_000;
const LONGEST_TITLE = 200;

class ParticipantProposal extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {}, base: { state: true }, open: { state: true }, text: { state: true } };

  static keys = ['may/', 'me/person'];

  #sending = new Sending(this);

  constructor() {
    super();
    /** The recommendation that is amended; '' for one of one's own. */
    this.recommendation = '';
    /** The text as it stood when one began to write. @type {Recommendation|null} */
    this.base = null;
    this.open = false;
    this.text = '';
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session') && this.session) this.session.addEventListener('unsaved', () => this.requestUpdate());
  }

  render() {
    const whyNot = this.session.whyNot(this.#type);
    if (whyNot === 'not_allowed') return nothing;
    const waits = this.session.pending.some(({ type, data }) => type === this.#type && (!this.recommendation || data.recommendation === this.recommendation));
    const state = waits ? html`<p class="small now" role="status">${_('Not yet saved: it is sent as soon as you are connected.')}</p>` : nothing;
    if (this.open) return html`${this.#form()}${state}`;
    return html`<div class="row"><button type="button" aria-disabled=${whyNot ? 'true' : nothing} aria-describedby=${whyNot ? this.#id('why') : nothing} @click=${this.#begin}>${this.recommendation ? _('Propose an amendment') : _('Propose a recommendation')}</button></div>
      ${whyNot ? html`<p class="hint" id=${this.#id('why')}>${refusalSentence(whyNot)}</p>` : nothing}${state}`;
  }

  #form() {
    const { base } = this;
    return html`<form class="proposal" @submit=${this.#submit}>
      ${base ? html`<p class="quiet small">${_('{recommendation}, version {version}: write it as it should read.', { recommendation: textName(/** @type {any} */ (base)), version: base.version })}</p>`
        : html`<label class="field"><span class="label">${_('Title (optional)')}</span><input name="title" maxlength=${LONGEST_TITLE} dir="auto"></label>`}
      <label class="field"><span class="label">${_('Text')}</span><textarea name="text" required maxlength=${LONGEST_TEXT} rows="4" dir="auto" @input=${this.#typed}></textarea></label>
      <div role="status">${bracketHint(this.text)}</div>
      ${base && this.text !== base.text ? html`<div class="field"><span class="label">${_('What changes')}</span><p class="changes" dir="auto">${wordChanges(base.text, this.text)}</p></div>` : nothing}
      ${this.#sending.refusal ? html`<p class="wrong" role="alert">${this.#sending.refusal}</p>` : nothing}
      <div class="row"><button class="act" type="submit">${_('Propose')}</button><button type="button" @click=${this.#end}>${_('Not now')}</button></div>
    </form>`;
  }

  get #type() {
    return this.recommendation ? 'recommendation.amend' : 'recommendation.propose';
  }

  /** @param {string} what */
  #id(what) {
    return `${what}-${this.recommendation || 'own'}`;
  }

  async #begin() {
    if (this.session.whyNot(this.#type)) return;
    this.base = this.recommendation ? this.get(`recommendation/${this.recommendation}`) : null;
    this.text = this.base?.text ?? '';
    this.open = true;
    await this.updateComplete;
    this.#field().value = this.text;
    fitToText(this.#field());
    this.#field().focus();
  }

  async #end() {
    this.#sending.forget();
    this.open = false;
    await this.updateComplete;
    this.querySelector('button')?.focus();
  }

  #typed() {
    this.text = this.#field().value;
    fitToText(this.#field());
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const text = this.#field().value.trim();
    if (!text) return;
    const title = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('title') ?? '').trim();
    const { base } = this;
    const data = base ? { recommendation: base.id, amendment: newId(), version: base.version, text } : { recommendation: newId(), text, ...(title && { title }) };
    const sent = this.#sending.send(this.session, this.#type, data);
    if (this.session.state !== 'live') this.#end();
    if (!await sent) return;
    say(_('It is before the session now.'));
    if (this.isConnected && this.open) this.#end();
  }

  #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }
}

customElements.define('participant-proposal', ParticipantProposal);
