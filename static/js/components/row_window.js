/**
 * Keeps of a very long list only what is in sight on the page; shorter lists stand there in full.
 *
 * Rows of a long list have one height (`data-long` in `speakers-list.css`), so each stands where its place in the list puts
 * it, whatever is left out. When most of them move up, what is moved is all of them together, and back those few that did not:
 * nothing else is styled, laid out or painted anew.
 */

import { placesInSight, shiftOf } from '../lib/long_lists.js';
import { inItsFrame } from './frames.js';

/** @typedef {import('./speaker-rows.js').SpeakerRows} SpeakerRows */
/** @typedef {HTMLElement & {stands?: number|null}} Placed */
/** @typedef {Placed & {place: number}} Entry at its place from 0 */

/** The longest list that stands on the page in full. */
const IN_FULL = 80;
const AROUND = 2;
const ROW_PX = 80;

export class RowWindow {
  #host;

  #row = ROW_PX;

  #from = 0;

  #to = 0;

  /** As many as there is room for. */
  #count = 0;

  #asked = false;

  #measured = false;

  /** Whether another part of the list is in sight than the one that was rendered. */
  moved = false;

  /** Whether rows that come in are still to be drawn. */
  late = false;

  /** @type {Set<string>} */
  #there = new Set();

  #changed = () => {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.#look());
  };

  /** @param {SpeakerRows} host */
  constructor(host) {
    this.#host = host;
  }

  watch() {
    // Captured: it is the list that scrolls, or the whole page.
    document.addEventListener('scroll', this.#changed, { capture: true, passive: true });
    addEventListener('resize', this.#changed);
  }

  unwatch() {
    document.removeEventListener('scroll', this.#changed, { capture: true });
    removeEventListener('resize', this.#changed);
  }

  /** @param {number} count */
  isLong(count) {
    return count > IN_FULL;
  }

  /** The height of a row of a long list, in pixels. */
  get row() {
    return this.#row;
  }

  /**
   * Return the places that stand on the page of a list of `count`, those of `kept` among them.
   * @param {number} count
   * @param {number[]} kept
   */
  places(count, kept) {
    this.moved = false;
    if (!this.isLong(count)) return [...Array(count).keys()];
    if (!this.#to) this.#to = innerHeight;
    return placesInSight({ top: this.#from, bottom: this.#to, row: this.#row, count, around: AROUND, kept });
  }

  /**
   * Return those of the rows that are drawn now: of a long list what is on the page comes first, and what comes in after it.
   * @template {{row: {request: {id: string}}}} T
   * @param {T[]} rows
   * @param {number} count of the list
   * @returns {T[]}
   */
  inTurn(rows, count) {
    const there = rows.filter(({ row }) => this.#there.has(row.request.id));
    this.late = !this.late && this.isLong(count) && there.length > 0 && there.length < rows.length;
    const drawn = this.late ? there : rows;
    this.#there = new Set(drawn.map(({ row }) => row.request.id));
    return drawn;
  }

  /** The rows of a list of `count` have been rendered. @param {number} count */
  settle(count) {
    this.#place(count);
    this.#reach(count);
    this.#rendered(count);
  }

  /** Put each row of a long list of `count` where it stands; those of a shorter one stand by themselves. @param {number} count */
  #place(count) {
    const rows = /** @type {HTMLElement} */ (this.#host.querySelector('.rows'));
    const [entries, long] = [/** @type {Entry[]} */ ([...rows.querySelectorAll('.entry')]), this.isLong(count)];
    const shift = long ? shiftOf(entries) : 0;
    stand(/** @type {Placed} */ (rows.firstElementChild), long ? -shift : null);
    for (const entry of entries) stand(entry, long ? entry.place + shift : null);
  }

  /** Make room for `count`: the first time at once, later in a frame of its own, for all that scrolls is laid out with it. @param {number} count */
  #reach(count) {
    const reached = this.#count;
    if (reached === count) return;
    this.#count = count;
    const set = () => /** @type {HTMLElement} */ (this.#host.querySelector('.rows')).style.setProperty('--count', String(this.#count));
    if (reached && this.isLong(this.#count)) inItsFrame(set);
    else set();
  }

  /** Say of a row where it stands, and of how many, where not all of them are on the page. @param {Entry} entry @param {number} place counted from 1 @param {number} count */
  tell(entry, place, count) {
    entry.toggleAttribute('data-first', place === 1);
    const [at, of] = this.isLong(count) ? [String(place), String(count)] : [null, null];
    if (entry.ariaPosInSet !== at) entry.ariaPosInSet = at;
    if (entry.ariaSetSize !== of) entry.ariaSetSize = of;
  }

  /** See which part of the list is in sight; render again where it has moved by a row. */
  #look() {
    this.#asked = false;
    const rows = this.#host.querySelector('.rows[data-long]');
    const first = rows?.querySelector('.entry');
    if (!rows || !first) return;
    const [list, sight] = [rows.getBoundingClientRect(), (rows.closest('.still') ?? rows).getBoundingClientRect()];
    const row = first.getBoundingClientRect().height || ROW_PX;
    const from = Math.max(sight.top, 0) - list.top;
    const to = Math.min(sight.bottom, innerHeight) - list.top;
    const moved = Math.abs(from - this.#from) >= row || Math.abs(to - this.#to) >= row || row !== this.#row;
    if (!moved) return;
    [this.#row, this.#from, this.#to] = [row, from, Math.max(to, from)];
    this.moved = true;
    this.#host.requestUpdate();
  }

  /** Look again once a list that has become long has been laid out. @param {number} count */
  #rendered(count) {
    const long = this.isLong(count);
    if (long && !this.#measured) this.#changed();
    this.#measured = long;
  }
}

/**
 * Not by a custom property, of which the style of many rows would take longer to work out.
 * @param {Placed} element @param {number|null} stands in rows from where it is laid out
 */
function stand(element, stands) {
  if ((element.stands ?? null) === stands) return;
  element.stands = stands;
  element.style.transform = stands === null ? '' : `translateY(calc(var(--row) * ${stands}))`;
}
