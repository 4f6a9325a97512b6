/**
 * `<rapporteur-timeline>`: the parts of the session and who spoke in them; choosing one shows its notes.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { segmentName } from '../lib/names.js';
import { segmentOf } from '../lib/note_stream.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('../live/past_interventions.js').PastInterventions} PastInterventions */
/** @typedef {import('../live/note_desk.js').NoteDesk} NoteDesk */

export class RapporteurTimeline extends SessionElement {
  static properties = { past: { attribute: false }, desk: { attribute: false } };

  static keys = ['session', 'programme', 'floor', 'intervention/', 'person/', 'note/'];

  constructor() {
    super();
    /** @type {PastInterventions|undefined} */
    this.past = undefined;
    /** @type {NoteDesk|undefined} */
    this.desk = undefined;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('past')) this.past?.addEventListener('changed', () => this.requestUpdate());
  }

  render() {
    /** @type {{id: string, kind: string}[]} */
    const segments = this.get('programme')?.segments ?? [];
    const session = this.get('session');
    const heard = (this.past?.all() ?? []).filter((each) => !each.void);
    const counts = this.#counts();
    const parts = segments.length ? segments : [{ id: '', kind: 'other' }];
    return html`<nav aria-label=${_('Timeline')}>${parts.map((part) => {
      const mine = heard.filter((each) => !segments.length || segmentOf(each, session, segments) === part.id);
      const current = part.id === session?.segment;
      return html`<p class="label" aria-current=${current ? 'step' : nothing}>${segmentName(part.kind)}</p>
        ${mine.length ? html`<ol role="list">${repeat(mine, ({ id }) => id, (each) => this.#one(each, counts.get(each.id) ?? 0))}</ol>`
          : html`<p class="quiet small none">${current ? _('Nobody has spoken yet.') : ''}</p>`}`;
    })}</nav>`;
  }

  /** @param {Intervention} intervention @param {number} count */
  #one({ id, started_at: at, person }, count) {
    const speaking = id === this.get('floor')?.intervention;
    const by = this.past?.person(person);
    const show = () => this.dispatchEvent(new CustomEvent('show-group', { detail: id, bubbles: true }));
    return html`<li><button type="button" class="bare" aria-current=${speaking ? 'true' : nothing} @click=${show}>
      <span class="at">${clockTime(at, this.get('programme')?.time_zone ?? 'UTC')}</span>
      <span class="who" dir="auto" lang=${by?.language ?? nothing}>${nameText(by)}</span>
      ${count ? html`<span class="count">${count}<span class="visually-hidden"> ${ngettext('note', 'notes', count)}</span></span>` : nothing}</button></li>`;
  }

  /** @returns {Map<string|null, number>} notes by intervention */
  #counts() {
    const counts = new Map();
    for (const { intervention } of this.all('note/')) counts.set(intervention, (counts.get(intervention) ?? 0) + 1);
    return counts;
  }

  /** Who speaks stays in sight. */
  updated() {
    const current = this.querySelector('button[aria-current]');
    if (!current || this.contains(document.activeElement) || this.scrollHeight <= this.clientHeight) return;
    if (current.getAttribute('data-seen') !== 'yes') current.scrollIntoView({ block: 'nearest' });
    current.setAttribute('data-seen', 'yes');
  }
}

customElements.define('rapporteur-timeline', RapporteurTimeline);
