/**
 * What the rows of a list show, as it stood when it was last looked at: a list that is kept still goes on from that.
 */

import { clockTime, shortText } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { expectedWaits, inOrder, secondsLeft } from '../lib/speakers.js';
import { actsOnRequests } from './request_actions.js';

/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */
/** @typedef {import('../lib/wire.js').Person} Person */
/** @typedef {import('../lib/wire.js').Group} Group */
/** @typedef {import('./speaker-rows.js').SpeakerRows} SpeakerRows */

/**
 * @typedef {object} Row what one card shows wherever it stands
 * @property {FloorRequest} request
 * @property {Person|undefined} person
 * @property {Group[]} groups
 * @property {number|null} usual the speaking time that most have; only another one is worth a word
 * @property {string|null} lost
 * @property {boolean} movable
 * @property {boolean} acting whether there is anything that the reader may do with it
 *
 * @typedef {{id: string, after: string|null}} Move of a request
 *
 * @typedef {object} Order
 * @property {readonly unknown[]} from what it was made from: while the requests and the move are the same, so is the order
 * @property {FloorRequest[]} requests
 * @property {number[]} waits in seconds
 * @property {number} at when that was
 *
 * @typedef {{place: string, at: string, wait: string}} Standing in words; '' for those who stand in no order, and no time but on the list of speakers
 */

const MINUTE_MS = 60_000;
/** Waits are told in minutes. */
const JUST_NOW_MS = 500;

/** @type {Group[]} */
const NONE = [];

export class RowModel {
  #host;

  /** @type {Order} */
  #order = { from: NONE, requests: [], waits: [], at: 0 };

  /** Worked out last, which may not be shown yet. */
  #next = this.#order;

  /** @type {Map<string, Row>} */
  #shown = new Map();

  /** @param {SpeakerRows} host */
  constructor(host) {
    this.#host = host;
  }

  /** As it stood when it was last looked at. */
  get requests() {
    return this.#order.requests;
  }

  /** Take in the list as it is now, or, with `moving`, as it is about to be. @param {Move|null} moving */
  look(moving) {
    this.prepare(moving);
    this.#order = this.#next;
  }

  /** Work out what `look` would take in, so that it has little to do a moment later. @param {Move|null} moving */
  prepare(moving) {
    const { session } = this.#host;
    const [all, floor, forecast, now] = [session.values('request/'), session.get('floor'), session.get('forecast'), session.now()];
    const speaking = [session.get(`intervention/${floor?.intervention}`), session.get(`intervention/${floor?.interrupted}`)];
    const from = [all, moving, forecast, ...speaking];
    const same = from.map((each, index) => each === this.#next.from[index]);
    if (same.every(Boolean) && Math.abs(now - this.#next.at) < JUST_NOW_MS) return;
    const requests = same[0] && same[1] ? this.#next.requests : this.#ordered(all, moving);
    this.#next = { from, requests, waits: expectedWaits(requests, secondsLeft(speaking, now), forecast ?? {}), at: now };
  }

  /** @param {readonly FloorRequest[]} all @param {Move|null} moving */
  #ordered(all, moving) {
    const { status, list } = this.#host;
    const requests = inOrder(all.filter((request) => request.status === status && (status === 'held' || request.list === list)));
    return moving ? moved(requests, moving) : requests;
  }

  /**
   * Return the rows at `places`. A row that shows what it showed before is the same as before.
   * @param {number[]} places from 0, in order
   * @returns {{row: Row, place: number}[]}
   */
  drawn(places) {
    const before = this.#shown;
    const common = this.#common();
    this.#shown = new Map();
    return places.map((place) => {
      const row = this.#row(place, common);
      const same = before.get(row.request.id);
      const kept = same && isSame(same, row) ? same : row;
      this.#shown.set(row.request.id, kept);
      return { row: kept, place };
    });
  }

  /** @param {number} place from 0 @returns {Standing} */
  standing(place) {
    const { session, status, list } = this.#host;
    if (status !== 'waiting') return { place: '', at: '', wait: '' };
    if (list !== 'speakers') return { place: String(place + 1), at: '', wait: '' };
    const wait = this.#order.waits[place];
    const at = this.#order.at + wait * 1_000;
    const minutes = Math.round(wait / 60);
    return {
      place: String(place + 1),
      at: clockTime(Math.round(at / MINUTE_MS) * MINUTE_MS, session.get('programme')?.time_zone ?? 'UTC'),
      wait: minutes ? _('in {time}', { time: shortText(minutes * 60) }) : _('next'),
    };
  }

  #common() {
    const { session, status } = this.#host;
    return {
      groups: session.get('programme')?.groups ?? NONE,
      usual: session.get('session')?.limits?.default_seconds ?? null,
      movable: status === 'waiting' && !session.whyNot('floor.move'),
      acting: actsOnRequests(this.#host),
    };
  }

  /** @param {number} place @param {Pick<Row, 'groups'|'usual'|'movable'|'acting'>} common @returns {Row} */
  #row(place, common) {
    const { session } = this.#host;
    const request = this.requests[place];
    const person = session.get(`person/${request.person}`);
    return { ...common, request, person, lost: this.#lost(person) };
  }

  /** @param {Person|undefined} person */
  #lost(person) {
    if (person?.attendance !== 'remote' || this.#host.session.presence.isConnected(person.id) !== false) return null;
    return _('connection lost');
  }
}

/** @param {FloorRequest[]} requests @param {Move} move */
function moved(requests, { id, after }) {
  const one = requests.find((request) => request.id === id);
  if (!one) return requests;
  const rest = requests.filter((request) => request !== one);
  rest.splice(after === null ? 0 : rest.findIndex((request) => request.id === after) + 1, 0, one);
  return rest;
}

/** @param {Row} one @param {Row} other */
function isSame(one, other) {
  return /** @type {(keyof Row)[]} */ (Object.keys(one)).every((name) => one[name] === other[name]);
}
