/**
 * `<participant-fields>`: what may be said with a request for the floor: kind, topic, on behalf of, language, in reply to whom.
 *
 * The fields are filled once, from `draft`; afterwards they belong to whoever types in them.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { _ } from '/static/js/lib/i18n.js';
import { kindName, languageName, OFFICIAL_LANGUAGES } from '/static/js/lib/names.js';

const TOPIC_LENGTH = 300;
const NAME_LENGTH = 200;
const SELDOM = ['read_out', 'video_statement'];

/** @type {Record<string, () => string>} */
const INTENTIONS = {
  statement: () => _('Make a statement'),
  question: () => _('Ask a question'),
  joint_statement: () => _('Joint statement'),
  panellist_reply: () => _('Reply to the floor'),
  panel_presentation: () => _('Present'),
  read_out: () => _('Have a text read out'),
  video_statement: () => _('Show a video'),
};

/** @typedef {{id: string, name: unknown}} Spoken an intervention that can be replied to, and the name of who held it */

export class ParticipantFields extends LitElement {
  static properties = { draft: { attribute: false }, asker: { attribute: false }, name: {}, speaking: { attribute: false }, replies: { state: true }, more: { state: true } };

  constructor() {
    super();
    /** @type {import('/static/js/lib/remembered.js').Draft} */
    this.draft = {};
    /** The role of who asks: a panellist has more to choose from. */
    this.asker = 'participant';
    /** Keeps the radio buttons of two sets of fields apart. */
    this.name = 'kind';
    /** Who has the floor now. @type {Spoken|null} */
    this.speaking = null;
    /** Whom this is a reply to: whoever spoke when it was ticked, whoever speaks afterwards. @type {Spoken|null} */
    this.replies = null;
    /** The kinds that are seldom asked for are shown too. */
    this.more = false;
  }

  createRenderRoot() {
    return this;
  }

  /** What stands in the fields; empty ones are left out, or null with `cleared`, to take away what was said before. */
  get value() {
    return this.#read(undefined);
  }

  get cleared() {
    return this.#read(null);
  }

  /** @param {null|undefined} empty */
  #read(empty) {
    /** @param {string} part */
    const text = (part) => /** @type {HTMLInputElement} */ (this.querySelector(`[data-part=${part}]`)).value.trim() || empty;
    const kind = /** @type {HTMLInputElement|null} */ (this.querySelector('[data-part=kind]:checked'))?.value ?? 'statement';
    return { kind, topic: text('topic'), on_behalf_of: text('on_behalf_of'), language: text('language'), reply_to: this.replies?.id ?? empty };
  }

  firstUpdated() {
    for (const part of /** @type {const} */ (['topic', 'on_behalf_of', 'language'])) {
      const field = /** @type {HTMLInputElement} */ (this.querySelector(`[data-part=${part}]`));
      field.value = this.draft[part] ?? '';
    }
    const kinds = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll('[data-part=kind]')]);
    (kinds.find((kind) => kind.value === this.draft.kind) ?? kinds[0]).checked = true;
  }

  render() {
    return html`
      <fieldset class="field kinds">
        <legend class="label">${_('I want to')}</legend>
        ${(this.more ? [...this.#kinds(), ...SELDOM] : this.#kinds()).map((kind) => html`
          <label class="choice"><input type="radio" data-part="kind" name=${this.name} value=${kind}><span>${INTENTIONS[kind]?.() ?? kindName(kind)}</span></label>`)}
        ${this.more ? nothing : html`<button type="button" class="bare" @click=${this.#showMore}>${_('More …')}</button>`}
      </fieldset>
      ${this.#reply(this.replies ?? this.speaking)}
      ${this.#text('topic', _('Topic'), TOPIC_LENGTH)}
      <div class="both">
        ${this.#text('on_behalf_of', _('On behalf of'), NAME_LENGTH, _('my organisation'))}
        <label class="field"><span class="label">${_('I will speak')} <span class="optional">${_('optional')}</span></span>
          <select data-part="language">
            <option value="">${_('not given')}</option>
            ${this.#languages().map((code) => html`<option value=${code}>${languageName(code)}</option>`)}
          </select>
        </label>
      </div>`;
  }

  async #showMore() {
    this.more = true;
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector(`[value=${SELDOM[0]}]`))?.focus();
  }

  /** @param {Spoken|null} to */
  #reply(to) {
    if (!to) return nothing;
    return html`
      <label class="switch"><input type="checkbox" .checked=${Boolean(this.replies)} @change=${() => { this.replies = this.replies ? null : to; }}>
        <span>${_('In reply to')} ${to.name}</span></label>`;
  }

  /**
   * @param {string} part
   * @param {string} label
   * @param {number} length
   * @param {string} [placeholder]
   */
  #text(part, label, length, placeholder = '') {
    return html`
      <label class="field"><span class="label">${label} <span class="optional">${_('optional')}</span></span>
        <input data-part=${part} maxlength=${length} dir="auto" autocomplete="off" placeholder=${placeholder}>
      </label>`;
  }

  #kinds() {
    const kinds = ['statement', 'question', 'joint_statement'];
    if (this.asker === 'panellist') kinds.unshift('panellist_reply', 'panel_presentation');
    const { kind } = this.draft;
    return kind && !kinds.includes(kind) && !(this.more && SELDOM.includes(kind)) ? [...kinds, kind] : kinds;
  }

  #languages() {
    const { language } = this.draft;
    return language && !OFFICIAL_LANGUAGES.includes(language) ? [...OFFICIAL_LANGUAGES, language] : OFFICIAL_LANGUAGES;
  }
}

customElements.define('participant-fields', ParticipantFields);
