/**
 * `<rapporteur-stream>`: the notes under the interventions as they happen, and the place where the next one is written.
 *
 * The composer is never moved or rendered again by what arrives: groups go before or after it.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { noteKindName } from '../lib/note_kinds.js';
import { byKind, byTime, inOrder, neighbourAfter } from '../lib/note_stream.js';
import './action-menu.js';
import './note-block.js';
import './note-composer.js';
import './note-versions.js';
import { noteHeading } from './note_heading.js';
import { groupActions, noteActions } from './note_actions.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/note_stream.js').Group} Group */
/** @typedef {import('../lib/wire_documents.js').Note} Note */
/** @typedef {import('../live/note_desk.js').NoteDesk} NoteDesk */
/** @typedef {import('../live/past_interventions.js').PastInterventions} PastInterventions */
/** @typedef {import('./action-menu.js').ActionMenu} ActionMenu */
/** @typedef {import('./note-composer.js').NoteComposer} NoteComposer */

/** The same each time, so that a note that nobody writes in is not rendered again. @type {import('../lib/wire.js').Person[]} */
const NOBODY = [];

export class RapporteurStream extends SessionElement {
  static properties = { desk: { attribute: false }, past: { attribute: false }, view: { attribute: false }, chosen: { state: true }, held: { state: true } };

  static keys = ['note/', 'intervention/', 'floor', 'person/', 'programme', 'session', 'recommendation/', 'may/', 'me/person'];

  constructor() {
    super();
    /** @type {NoteDesk} */
    // @ts-expect-error Set by the page together with the session.
    this.desk = undefined;
    /** @type {PastInterventions|undefined} */
    this.past = undefined;
    /** @type {'time'|'kind'|'item'} hidden where it is another */
    this.view = 'time';
    /** What the writer has chosen to write under; undefined: whoever has the floor. @type {string|null|undefined} */
    this.chosen = undefined;
    /** What the note that is being written was begun under. @type {string|null|undefined} */
    this.held = undefined;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    for (const name of /** @type {const} */ (['desk', 'past'])) if (changed.has(name)) this[name]?.addEventListener('changed', () => this.requestUpdate());
  }

  /** @returns {Note[]} all but the one in the composer */
  get notes() {
    return inOrder(this.desk.notes()).filter(({ id }) => id !== this.#composer()?.note);
  }

  /** What the next note is written under. @returns {string|null} */
  get target() {
    if (this.held !== undefined) return this.held;
    if (this.chosen !== undefined) return this.chosen;
    const speaking = this.get('floor')?.intervention;
    const open = this.get('session')?.status === 'open';
    return speaking ?? (open ? (this.past?.all().findLast((each) => !each.void)?.id ?? null) : null);
  }

  render() {
    const notes = this.notes;
    const heard = this.past?.all() ?? [];
    const groups = this.view === 'kind' ? byKind(notes) : byTime(heard, notes);
    const at = this.view === 'kind' || !this.target ? -1 : groups.findIndex(({ intervention }) => intervention?.id === this.target);
    const split = at < 0 ? groups.length : at + 1;
    const lineage = this.#lineage();
    const show = (/** @type {Group} */ group) => this.#group(group, lineage);
    return html`<section class="stream" aria-label=${_('Notes')} @note-menu=${this.#menuWanted} @group-menu=${this.#groupMenuWanted} @keydown=${this.#keydown}>
        ${groups.length ? nothing : html`<p class="quiet empty">${this.#emptyText()}</p>`}
        ${repeat(groups.slice(0, split), ({ key }) => key, show)}
        <note-composer .session=${this.session} .desk=${this.desk} .target=${this.target} .targets=${heard} .chosen=${this.chosen} .past=${this.past}
          ?data-far=${this.view === 'kind'} @begun=${() => { this.held = this.target; }} @ended=${() => { this.held = undefined; }}
          @target=${(/** @type {CustomEvent} */ event) => { this.chosen = event.detail; }}></note-composer>
        ${repeat(groups.slice(split), ({ key }) => key, show)}
      </section><action-menu></action-menu><note-versions .session=${this.session} .desk=${this.desk}></note-versions>`;
  }

  /** Where one writes stays in sight, whatever arrives above it. */
  updated() {
    const composer = this.#composer();
    if (composer?.contains(document.activeElement)) composer.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Group} group @param {Map<string|null, string>} lineage */
  #group(group, lineage) {
    const heading = group.kind ? html`<header><h2 tabindex="-1">${noteKindName(group.kind)}</h2></header>` : noteHeading(this, group);
    return html`<section class="group" data-intervention=${group.intervention?.id ?? nothing} ?data-speaking=${group.intervention && group.intervention.id === this.get('floor')?.intervention}>
      ${heading}
      <ol role="list">${repeat(group.notes, ({ id }) => id, (note) => html`<li><note-block .session=${this.session} .desk=${this.desk} .note=${note}
        .state=${this.desk.stateOf(note)} .writers=${this.#writers(note)} .lineage=${lineage.get(note.id) ?? ''}
        .about=${group.kind ? this.#aboutText(note) : ''}></note-block></li>`)}</ol>
    </section>`;
  }

  /** @param {Note} note */
  #writers({ id }) {
    const writers = this.desk.writersOf(id).map((person) => this.get(`person/${person}`)).filter(Boolean);
    return writers.length ? writers : NOBODY;
  }

  /** @param {Note} note whom it is about, where that is not its heading */
  #aboutText({ intervention }) {
    const found = this.past?.all().find(({ id }) => id === intervention);
    return found ? nameText(this.past?.person(found.person)) : '';
  }

  /** @returns {Map<string|null, string>} what became of notes, by note */
  #lineage() {
    return new Map(this.all('recommendation/').map(({ note, symbol, version }) => [note, _('{symbol}, version {version}', { symbol, version })]));
  }

  #emptyText() {
    return this.get('session')?.status === 'scheduled'
      ? _('The session has not started yet. Headings appear here by themselves when the floor is given.')
      : _('Nothing noted yet. Headings appear here by themselves when the floor is given.');
  }

  /** @param {CustomEvent<{note: Note, opener: HTMLElement, what: 'kind'|'more'}>} event */
  #menuWanted({ detail: { note, opener, what } }) {
    const all = this.notes;
    const siblings = all.filter(({ intervention }) => intervention === note.intervention);
    const move = (/** @type {1|-1} */ step) => neighbourAfter(all, siblings, note.id, step);
    const versions = () => /** @type {import('./note-versions.js').NoteVersions} */ (this.querySelector('note-versions')).open(note.id);
    noteActions(this, this.#menu(), opener, note, { what, move, versions, past: this.past });
  }

  /** @param {CustomEvent<{group: Group, opener: HTMLElement}>} event */
  #groupMenuWanted({ detail: { group, opener } }) {
    const write = () => { this.chosen = group.intervention?.id ?? null; this.#composer()?.focus(); };
    this.#menu().openAt(opener, _('Actions for these notes'), groupActions(this, group, write));
  }

  /** Up and down lead from the edge of one note to the next. @param {KeyboardEvent} event */
  #keydown(event) {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || event.altKey || event.isComposing) return;
    const up = event.key === 'ArrowUp' && !field.selectionEnd;
    const down = event.key === 'ArrowDown' && field.selectionStart === field.value.length;
    const leave = (event.key === 'Enter' && !event.shiftKey) || event.key === 'Escape';
    const fields = [...this.querySelectorAll('textarea')];
    const inComposer = Boolean(field.closest('note-composer'));
    if (leave && !inComposer) this.#composer()?.focus();
    else if ((up || down) && fields[fields.indexOf(field) + (up ? -1 : 1)]) fields[fields.indexOf(field) + (up ? -1 : 1)].focus();
    else return;
    event.preventDefault();
  }

  #menu() {
    return /** @type {ActionMenu} */ (this.querySelector(':scope > action-menu'));
  }

  #composer() {
    return /** @type {NoteComposer|null} */ (this.querySelector('note-composer'));
  }
}

customElements.define('rapporteur-stream', RapporteurStream);
