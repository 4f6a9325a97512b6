/**
 * `<participant-notices>`: what went wrong, and that the place is kept.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { say } from '/static/js/components/announcer.js';
import '/static/js/components/new-role.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { proposedWords } from '/static/js/lib/limit_words.js';
import { readOnlySentence, refusalSentence } from '/static/js/lib/refusals.js';
import { here } from '/static/js/lib/zones.js';

class ParticipantNotices extends SessionElement {
  static properties = { ...SessionElement.properties, state: {}, unsaved: { type: Number }, refused: { state: true } };

  static keys = ['announcement', 'programme', 'list'];

  constructor() {
    super();
    /** As in `LiveSession.state`. */
    this.state = 'connecting';
    this.unsaved = 0;
    /** Why something was turned down that an earlier page had sent. */
    this.refused = '';
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('session')) return;
    this.session?.addEventListener('refused', (event) => this.#turnedDown(event));
    this.session?.addEventListener('state', () => this.#tellRecording());
  }

  render() {
    return html`${this.#connection()}<new-role look="notice now" .session=${this.session}></new-role>${this.#refusal()}${this.#announcement()}${this.#proposed()}`;
  }

  #proposed() {
    const proposed = this.get('list')?.proposed;
    return proposed ? html`<p class="notice">${proposedWords(proposed)}</p>` : nothing;
  }

  #connection() {
    if (this.state === 'signed_out' || this.state === 'moved') {
      return html`<div class="notice over"><p>${this.session.reason}</p>${this.#wayOut()}</div>`;
    }
    if (this.session.readOnly) return html`<div class="notice now"><p>${readOnlySentence()}</p></div>`;
    if (this.state !== 'reconnecting') return nothing;
    const keepOpen = this.unsaved && !this.session.durable;
    return html`
      <div class="notice now">
        <p>${_('No connection at the moment. Your place is kept; what stands here may be a little old.')}</p>
        ${keepOpen ? html`<p>${ngettext('Keep this page open: {n} change is not yet saved.', 'Keep this page open: {n} changes are not yet saved.', this.unsaved)}</p>` : nothing}
      </div>`;
  }

  #wayOut() {
    return this.state === 'moved'
      ? html`<a class="button" href="">${_('Go on here')}</a>`
      : html`<a class="button" href="/">${_('Join again')}</a>`;
  }

  #refusal() {
    if (!this.refused) return nothing;
    return html`
      <div class="notice over">
        <p>${this.refused}</p>
        <button @click=${() => { this.refused = ''; }}>${_('Understood')}</button>
      </div>`;
  }

  #announcement() {
    const announcement = this.get('announcement');
    if (!announcement) return nothing;
    const { meeting } = here(announcement.at, this.get('programme')?.time_zone);
    return html`
      <section class="notice announcement">
        <p class="label">${_('Announcement')} · ${meeting}</p>
        <p dir="auto">${announcement.text}</p>
      </section>`;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has('state')) this.#tellConnection(changed.get('state'));
    const announcement = this.get('announcement');
    if (announcement && announcement.at !== this.#heard) say(announcement.text);
    this.#heard = announcement?.at ?? '';
    const proposed = this.get('list')?.proposed;
    if (proposed && proposed.at !== this.#proposedAt) say(proposedWords(proposed));
    this.#proposedAt = proposed?.at ?? '';
  }

  #heard = '';

  #proposedAt = '';

  /** @param {unknown} before */
  #tellConnection(before) {
    if (this.state === 'reconnecting') say(_('No connection at the moment. Your place is kept.'));
    else if (this.state === 'live' && before === 'reconnecting') say(_('Connected again.'));
    else if (this.state === 'signed_out' || this.state === 'moved') say(this.session.reason);
  }

  #tellRecording() {
    const { readOnly } = this.session;
    if (readOnly === this.#readOnly) return;
    this.#readOnly = readOnly;
    this.requestUpdate();
    if (readOnly || this.session.state === 'live') say(readOnly ? readOnlySentence() : _('What is sent is saved again.'));
  }

  #readOnly = false;

  /** @param {Event} event */
  #turnedDown(event) {
    const { answer, awaited } = /** @type {CustomEvent} */ (event).detail;
    if (awaited) return;
    const why = refusalSentence(answer.code, answer.message);
    this.refused = _('What you sent before could not be done: {why}', { why });
    say(this.refused);
  }
}

customElements.define('participant-notices', ParticipantNotices);
