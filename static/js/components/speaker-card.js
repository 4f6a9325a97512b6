/**
 * `<speaker-card>`: one who waits. What it shows is handed in, in two parts: a row, which renders anew only when it is
 * another, and where it stands. When one goes, everybody behind moves up: that writes three texts and renders nothing.
 */

import { LitElement, guard, html, nothing } from '/static/vendor/lit.js';
import { minutesText } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { groupColour, kindName, languageName } from '../lib/names.js';
import { inItsFrame } from './frames.js';
import { checkIcon } from './icons.js';
import { affiliation, attendanceTag, groupTag, nameText } from './who.js';
import { writeText } from './write_text.js';

/** @typedef {import('./row_model.js').Row} Row */
/** @typedef {import('./row_model.js').Standing} Standing */

const PARTS = 3;

export class SpeakerCard extends LitElement {
  static properties = { row: { attribute: false } };

  constructor() {
    super();
    /** @type {Row} */
    // @ts-expect-error Set by the list before the first rendering.
    this.row = undefined;
  }

  /** How much is drawn: in a very long list a new card comes in parts, each in a frame of its own: its boxes, the name and the line under it, the tags. */
  #part = 1;

  /** @type {Standing} */
  #standing = { place: '', at: '', wait: '' };

  /** Where it stands, and when it is likely to begin. @param {Standing} standing */
  set standing(standing) {
    this.#standing = standing;
    this.#stand();
  }

  /** Of many cards that change at once, a few in each frame. @returns {void|Promise<unknown>} */
  scheduleUpdate() {
    if (this.#inLongList) return inItsFrame(() => super.scheduleUpdate());
    this.#part = PARTS;
    return super.scheduleUpdate();
  }

  get #inLongList() {
    return Boolean(this.parentElement?.closest('[data-long]'));
  }

  createRenderRoot() {
    return this;
  }

  /** What is dragged is a copy, which has nothing handed in. */
  shouldUpdate() {
    return Boolean(this.row);
  }

  updated() {
    this.#stand();
    if (this.#part === PARTS) return;
    this.#part += 1;
    this.requestUpdate();
  }

  render() {
    const { request, person, groups, movable, acting, lost, usual } = this.row;
    return html`${guard([movable, person], () => this.#grip())}
      <span class="place"></span>
      ${guard([request, person, groups, lost, usual, this.#part], () => this.#who())}
      <p class="when"><b></b> <span></span></p>
      ${guard([acting, person], () => this.#more())}`;
  }

  #stand() {
    const { place, at, wait } = this.#standing;
    for (const [where, text] of [['.place', place], ['.when b', at], ['.when span', wait]]) {
      const element = this.querySelector(where);
      if (element) writeText(element, text);
    }
  }

  #grip() {
    const { movable, person } = this.row;
    if (!movable) return nothing;
    return html`<button type="button" class="bare icon grip" aria-label=${_('Move {name}', { name: nameText(person) })} aria-describedby="how-to-move"></button>`;
  }

  #more() {
    const { acting, person } = this.row;
    if (!acting) return nothing;
    return html`<button type="button" class="bare icon more-actions" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Actions for {name}', { name: nameText(person) })}></button>`;
  }

  #who() {
    const { request, person, groups } = this.row;
    const [name, more] = this.#part > 1 ? [nameText(person), affiliation(person, request.on_behalf_of)] : ['', []];
    const topic = this.#part > 1 ? `“${request.topic}” ` : '';
    return html`<div class="who" data-group=${groupColour(groups, person?.group)}>
        <p class="name" dir="auto" lang=${person?.language ?? nothing} title=${nameText(person)}>${name}</p>
        ${request.topic ? html`<p class="more quiet small clip" dir="auto">${topic}<bdi>${more}</bdi></p>`
          : more.length || this.#part === 1 ? html`<p class="more quiet small clip">${more}</p>` : nothing}
        <p class="tags">${this.#part === PARTS ? this.#tags() : nothing}</p>
      </div>`;
  }

  /** What asks for something first; a tag for which there is no room is left out. */
  #tags() {
    const { request, person, groups, lost } = this.row;
    return [
      request.ready ? html`<span class="tag ready">${checkIcon}${_('ready')}</span>` : nothing,
      lost ? html`<span class="tag lost">${lost}</span>` : nothing,
      request.absences ? html`<span class="tag now">${_('called, was not there')}</span>` : nothing,
      person?.present === false ? html`<span class="tag now">${_('marked as away')}</span>` : nothing,
      this.#asks(),
      attendanceTag(person?.attendance),
      html`<span class="tag">${this.#facts().join(' · ')}</span>`,
      groupTag(groups, person),
    ];
  }

  /** What is asked for, where it is not a statement of the usual length. */
  #asks() {
    const { request, usual } = this.row;
    const { kind, reply_to: reply, expected_seconds: time } = request;
    const parts = [
      ...(kind === 'statement' ? [] : [kindName(kind)]),
      ...(reply ? [_('reply to a speaker')] : []),
      ...(time !== null && time !== usual ? [minutesText(time)] : []),
    ];
    return parts.length ? html`<span class="tag strong">${parts.join(' · ')}</span>` : nothing;
  }

  #facts() {
    const { request, person } = this.row;
    return [
      request.has_text && _('text handed in'),
      this.#spoken(),
      request.carried_from && _('carried over'),
      request.language && request.language !== person?.language && languageName(request.language),
      person?.guest && _('guest'),
    ].filter(Boolean);
  }

  #spoken() {
    const { spoken_times: times, spoken_seconds: seconds } = this.row.person ?? {};
    if (times === undefined) return '';
    return times ? ngettext('spoke once, {time}', 'spoke {n} times, {time}', times, { time: minutesText(seconds ?? 0) }) : _('first time');
  }
}

customElements.define('speaker-card', SpeakerCard);
