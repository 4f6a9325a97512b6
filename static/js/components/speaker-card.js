/**
 * `<speaker-card>`: one who waits. Everything it shows is handed in, so only what changed renders again.
 */

import { LitElement, html, nothing } from '/static/vendor/lit.js';
import { clockTime, minutesText } from '../lib/durations.js';
import { _, ngettext } from '../lib/i18n.js';
import { kindName, languageName } from '../lib/names.js';
import { checkIcon, gripIcon, moreIcon } from './icons.js';
import { affiliation, attendanceTag, groupTag, nameOf, nameText } from './who.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('../lib/wire.js').Programme} Programme */

export class SpeakerCard extends LitElement {
  static properties = {
    request: { attribute: false },
    person: { attribute: false },
    programme: { attribute: false },
    place: { attribute: false },
    at: { attribute: false },
    minutes: { attribute: false },
    usual: { attribute: false },
    lost: { attribute: false },
    movable: { attribute: false },
    acting: { attribute: false },
  };

  constructor() {
    super();
    /** @type {FloorRequest} */
    // @ts-expect-error Set by the list before the first rendering.
    this.request = undefined;
    /** @type {Person|undefined} */
    this.person = undefined;
    /** @type {Programme|undefined} */
    this.programme = undefined;
    /** Counted from 1; 0 for those who stand in no order. */
    this.place = 0;
    /** When it is likely to begin, in server milliseconds to the minute. @type {number|null} */
    this.at = null;
    this.minutes = 0;
    /** The speaking time that most have; only another one is worth a word. @type {number|null} */
    this.usual = null;
    /** @type {string|null} */
    this.lost = null;
    this.movable = false;
    this.acting = false;
  }

  createRenderRoot() {
    return this;
  }

  /** What is dragged is a copy, which has nothing handed in. */
  shouldUpdate() {
    return Boolean(this.request);
  }

  render() {
    const { request, person, place } = this;
    const name = nameText(person);
    const topic = request.topic ? html`“<bdi>${request.topic}</bdi>” ` : nothing;
    const more = affiliation(person, request.on_behalf_of);
    return html`
      ${this.movable ? html`<button type="button" class="bare icon grip" aria-label=${_('Move {name}', { name })} aria-describedby="how-to-move">${gripIcon}</button>` : html`<span></span>`}
      <span class="place">${place || nothing}</span>
      <div class="who">
        <p class="name" title=${name}>${nameOf(person)}</p>
        ${more.length || request.topic ? html`<p class="more quiet small clip">${topic}${more}</p>` : nothing}
        <p class="tags">${this.#tags()}</p>
      </div>
      ${this.#when()}
      ${this.acting ? html`<button type="button" class="bare icon more-actions" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Actions for {name}', { name })}>${moreIcon}</button>` : html`<span></span>`}`;
  }

  #tags() {
    const { request, person, lost, usual } = this;
    const time = request.expected_seconds;
    return [
      request.ready ? html`<span class="tag ready">${checkIcon}${_('ready')}</span>` : nothing,
      lost ? html`<span class="tag lost">${lost}</span>` : nothing,
      request.kind !== 'statement' ? html`<span class="tag strong">${kindName(request.kind)}</span>` : nothing,
      time !== null && time !== usual ? html`<span class="tag strong">${minutesText(time)}</span>` : nothing,
      attendanceTag(person?.attendance),
      this.#spoken(),
      request.language && request.language !== person?.language ? html`<span class="tag">${languageName(request.language)}</span>` : nothing,
      person?.guest ? html`<span class="tag">${_('guest')}</span>` : nothing,
      groupTag(this.programme?.groups, person),
    ];
  }

  #spoken() {
    const { spoken_times: times, spoken_seconds: seconds } = this.person ?? {};
    if (times === undefined) return nothing;
    if (!times) return html`<span class="tag">${_('first time')}</span>`;
    const text = ngettext('spoke once, {time}', 'spoke {n} times, {time}', times, { time: minutesText(seconds ?? 0) });
    return html`<span class="tag">${text}</span>`;
  }

  #when() {
    if (this.at === null) return html`<span></span>`;
    const text = this.minutes ? _('in {n} min', { n: this.minutes }) : _('next');
    return html`<p class="when"><b>${clockTime(this.at, this.programme?.time_zone ?? 'UTC')}</b><span>${text}</span></p>`;
  }
}

customElements.define('speaker-card', SpeakerCard);
