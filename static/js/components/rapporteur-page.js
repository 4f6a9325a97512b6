/**
 * `<rapporteur-page>`: the session as it is written down: what was said, the notes on it, and what comes of them.
 *
 * Where there is no room for three columns, one is shown at a time.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { NoteDesk } from '../live/note_desk.js';
import { PastInterventions } from '../live/past_interventions.js';
import './connection-banner.js';
import { showFound } from './found_jumps.js';
import './rapporteur-bar.js';
import './rapporteur-items.js';
import './rapporteur-recommendations.js';
import './rapporteur-stream.js';
import './rapporteur-timeline.js';
import './session-search.js';
import { SessionElement } from './session_element.js';
import { toast } from './toast.js';

/** @type {Record<string, () => string>} */
const PANES = { timeline: () => _('Timeline'), notes: () => _('Notes'), recommendations: () => _('Recommendations') };

export class RapporteurPage extends SessionElement {
  static properties = { pane: { state: true }, view: { state: true } };

  static keys = ['session'];

  /** @type {NoteDesk|undefined} */
  #desk;

  /** @type {PastInterventions|undefined} */
  #past;

  #begun = false;

  constructor() {
    super();
    this.pane = 'notes';
    /** @type {'time'|'kind'|'item'} */
    this.view = 'time';
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session') && this.session) this.#settle();
    if (this.#begun || !this.session?.get('session')) return;
    this.#begun = true;
    this.#desk?.resume();
    this.#past?.load();
  }

  render() {
    const { session } = this;
    if (!session.get('session')) {
      return html`<main id="main" tabindex="-1" class="loading"><p class="quiet">${_('Connecting to the session…')}</p><connection-banner .session=${session}></connection-banner></main>`;
    }
    return html`<rapporteur-bar .session=${session} .view=${this.view} @view=${this.#viewed}></rapporteur-bar>
      <session-search .session=${session} @found=${this.#found}></session-search>
      <nav class="panes" aria-label=${_('What is shown')}>${Object.entries(PANES).map(([pane, name]) => html`
        <button type="button" aria-pressed=${pane === this.pane} @click=${() => { this.pane = pane; }}>${name()}</button>`)}</nav>
      <main id="main" tabindex="-1" class="writing-desk" data-pane=${this.pane} @show-group=${this.#shown}>
        <rapporteur-timeline .session=${session} .past=${this.#past} .desk=${this.#desk}></rapporteur-timeline>
        <rapporteur-stream .session=${session} .desk=${this.#desk} .past=${this.#past} .view=${this.view} ?hidden=${this.view === 'item'}></rapporteur-stream>
        ${this.view === 'item' ? html`<rapporteur-items .session=${session}></rapporteur-items>` : nothing}
        <rapporteur-recommendations .session=${session} .desk=${this.#desk}></rapporteur-recommendations>
      </main>
      <connection-banner .session=${session}></connection-banner>`;
  }

  #settle() {
    const desk = new NoteDesk(this.session);
    this.#desk = desk;
    this.#past = new PastInterventions(this.session, document.body.dataset.session ?? '');
    this.session.addEventListener('refused', (event) => {
      const { command, answer, awaited } = /** @type {CustomEvent} */ (event).detail;
      // A text that was refused stays where it was written, and says so there.
      if (!awaited && !['note.add', 'note.text', 'recommendation.revise'].includes(command.type)) toast(answer.message ?? '');
    });
    desk.addEventListener('moved', () => toast(_('Somebody else has removed this note. Your text is kept as a new one.')));
    document.addEventListener('show-intervention', (event) => this.#shown(/** @type {CustomEvent<string>} */ (event)));
    document.addEventListener('show-note', (event) => this.#showNote(/** @type {CustomEvent<string>} */ (event)));
    for (const name of ['pagehide', 'visibilitychange']) addEventListener(name, () => desk.pen.flushAll(), true);
  }

  /** @param {CustomEvent<import('../lib/wire_search.js').Found>} event */
  #found({ detail }) {
    const made = this.#past?.all().find(({ request }) => detail.of === 'statement' && request === detail.id);
    showFound(this, detail, detail.intervention ?? made?.id ?? null);
  }

  /** @param {CustomEvent<'time'|'kind'|'item'>} event */
  #viewed({ detail }) {
    this.view = detail;
    this.pane = 'notes';
  }

  /** A heading was chosen in the timeline. @param {CustomEvent<string>} event */
  async #shown({ detail }) {
    this.pane = 'notes';
    this.view = 'time';
    await this.updateComplete;
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    this.#lead(this.querySelector(`[data-intervention="${CSS.escape(detail)}"] h2`), 'start');
  }

  /** @param {CustomEvent<string>} event */
  async #showNote({ detail }) {
    this.pane = 'notes';
    await this.updateComplete;
    const blocks = /** @type {(HTMLElement & {note?: {id: string}})[]} */ ([...this.querySelectorAll('note-block')]);
    this.#lead(blocks.find(({ note }) => note?.id === detail)?.querySelector('textarea') ?? null, 'center');
  }

  /** @param {Element|null} to @param {ScrollLogicalPosition} block */
  #lead(to, block) {
    if (!(to instanceof HTMLElement)) return;
    to.scrollIntoView({ block });
    to.focus({ preventScroll: true });
  }
}

customElements.define('rapporteur-page', RapporteurPage);
