/**
 * `<participant-request>`: asking for the floor, and why that is not possible now.
 *
 * The form stays as it is while the list opens and closes, so that a request can be prepared.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-fields.js';
import { nameOf } from '/static/js/components/who.js';
import { aboutText } from '/static/js/lib/durations.js';
import { expectationOf, waiting } from '/static/js/lib/expectation.js';
import { _, ngettext } from '/static/js/lib/i18n.js';
import { limitsInForce } from '/static/js/lib/limit_words.js';
import { recall, remember } from '/static/js/lib/remembered.js';
import { refusalSentence } from '/static/js/lib/refusals.js';
import { Sending } from '/static/js/components/sending.js';

/** @typedef {import('/static/js/components/participant-fields.js').ParticipantFields} Fields */

class ParticipantRequest extends SessionElement {
  static properties = { ...SessionElement.properties, why: {}, unsaved: { type: Number }, kind: { state: true } };

  static keys = ['session', 'programme', 'me/person', 'list', 'floor', 'forecast', 'request/', 'intervention/'];

  static ticks = 10_000;

  #sending = new Sending(this);

  /** @type {import('/static/js/lib/remembered.js').Draft|undefined} */
  #draft;

  constructor() {
    super();
    /** The code of the reason why the floor cannot be requested, or ''. */
    this.why = '';
    /** How many commands are not yet acknowledged. */
    this.unsaved = 0;
    /** What is chosen in the form, once something was. */
    this.kind = '';
  }

  render() {
    const me = this.get('me/person');
    this.#draft ??= recall(me.id);
    // After a reload the outbox still holds what was asked.
    const asking = Boolean(this.#sending.type) || this.session.pending.some(({ type }) => type === 'floor.request');
    return html`
      ${this.#notRunning()}
      <form class="request" novalidate @submit=${this.#submit} @input=${this.#keep}>
        <participant-fields .draft=${this.#draft} .asker=${me.role} .speaking=${this.#speaking(me.id)} name="ask-kind"></participant-fields>
        <button class="act big" type="submit" aria-disabled=${this.why || asking ? 'true' : 'false'} aria-describedby="request-state">
          ${asking ? _('Asking …') : _('Request the floor')}
        </button>
        <p class="request-state small ${this.why ? 'why' : 'quiet'}" id="request-state">${this.#state(asking)}</p>
        ${this.#sending.refusal ? html`<p class="wrong">${this.#sending.refusal}</p>` : nothing}
        <p class="request-state quiet small">${limitsInForce(this.get('session').limits, this.get('programme')?.groups, me.group, this.kind || this.#draft.kind || 'statement').join(' ')}</p>
      </form>`;
  }

  /** @param {string} me */
  #speaking(me) {
    const id = this.get('floor')?.intervention;
    const person = id && this.get(`intervention/${id}`)?.person;
    return person && person !== me ? { id, name: nameOf(this.get(`person/${person}`)) } : null;
  }

  #notRunning() {
    const { status } = this.get('session');
    if (status === 'scheduled') return html`<p class="notice">${_('The session has not started yet; the list of speakers is open already.')}</p>`;
    return status === 'suspended' ? html`<p class="notice">${_('The session is suspended; the list of speakers stays open.')}</p>` : nothing;
  }

  /** @param {boolean} asking */
  #state(asking) {
    if (asking) return _('Not yet saved. It is sent by itself as soon as the connection allows, also after loading this page again.');
    if (this.why) return this.#reason();
    const { session } = this;
    const before = waiting(session);
    if (!before.length) return session.get('floor')?.intervention ? _('Nobody is waiting: you would be next.') : _('Nobody is waiting.');
    const { seconds, from } = expectationOf(session, before, session.now());
    const about = aboutText(seconds);
    return `${ngettext('{n} waiting', '{n} waiting', before.length)} · ${from === 'now' ? _('{about} from now', { about }) : about}`;
  }

  #reason() {
    const { status } = this.get('list') ?? {};
    if (this.why === 'list_closed' && status === 'not_open') {
      return _('The list of speakers is not open yet. You can prepare your request; the button works as soon as the moderator opens the list.');
    }
    if (this.why === 'list_closed') return _('The moderator has closed the list of speakers. Those on it will still be heard.');
    return refusalSentence(this.why);
  }

  #fields() {
    return /** @type {Fields} */ (this.querySelector('participant-fields'));
  }

  #keep() {
    const person = this.get('me/person');
    // Whom one replies to belongs to the moment.
    const { reply_to: _to, ...said } = this.#fields().value;
    this.kind = said.kind;
    if (person) remember(person.id, /** @type {import('/static/js/lib/remembered.js').Draft} */ (said));
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    if (!this.session || this.why || this.#sending.type) return;
    this.#keep();
    await this.#sending.send(this.session, 'floor.request', this.#fields().value);
  }
}

customElements.define('participant-request', ParticipantRequest);
