/**
 * One's answer to a poll on its way: chosen, sent, saved; it follows what is saved until one chooses otherwise.
 */

import { say } from '/static/js/components/announcer.js';
import { _ } from '/static/js/lib/i18n.js';
import { refusalSentence } from '/static/js/lib/refusals.js';

/** @typedef {import('/static/vendor/lit.js').ReactiveControllerHost} Host */
/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */
/** @typedef {import('../lib/polls.js').Poll} Poll */
/** @typedef {import('../lib/polls.js').OwnAnswer} OwnAnswer */

/** A tap this soon after the poll came up was meant for what stood there before. */
const STILL_MS = 1_000;
const TAP_MS = 1_000;
/** How long what was acknowledged is shown before the map has it. */
const ARRIVES_MS = 2_000;

export class PollAnswer {
  #host;

  /** @type {LiveSession|null} */ #live = null;
  /** @type {Poll|null} */ #poll = null;
  /** @type {OwnAnswer|undefined} */ #mine;
  /** What is chosen or written and not in the map yet. @type {{option: string|null, reason: string}|null} */
  #draft = null;

  /** What lies in the outbox, perhaps since before the page was loaded. @type {{option: string, reason: string}|null} */
  #kept = null;

  #underWay = 0;

  #touchedAt = -Infinity;

  #shownAt = performance.now();

  /** Why the last one was refused, as a sentence, or ''. */
  refusal = '';

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#shownAt = performance.now();
  }

  get option() {
    return (this.#draft ?? this.#kept ?? this.#mine)?.option ?? null;
  }

  get reason() {
    return (this.#draft ?? this.#kept ?? this.#mine)?.reason ?? '';
  }

  /** Whether something sent has not been acknowledged. */
  get pending() {
    return this.#underWay > 0 || this.#kept !== null;
  }

  /** Whether something is chosen or written that has not been sent. */
  get unsent() {
    return this.#draft !== null && !this.pending && !this.#isSaved();
  }

  /** @param {LiveSession} live @param {Poll} poll @param {OwnAnswer|undefined} mine what the map says now */
  follow(live, poll, mine) {
    [this.#live, this.#poll, this.#mine] = [live, poll, mine];
    const kept = /** @type {any} */ (live.pending.findLast(({ type, data }) => type === 'poll.vote' && data.poll === poll.id)?.data);
    this.#kept = kept ? { option: kept.option, reason: kept.reason ?? '' } : null;
    if (this.#draft && !this.pending && this.#isSaved()) this.#draft = null;
  }

  /** A finger or a pointer is on an option. */
  touched() {
    this.#touchedAt = performance.now();
  }

  /** @param {string} option @param {{complete: boolean}} more `complete`: nothing else is needed to send it */
  choose(option, { complete }) {
    this.#change({ option, reason: this.reason });
    const now = performance.now();
    const meant = now - this.#touchedAt < TAP_MS && this.#touchedAt - this.#shownAt > STILL_MS;
    if (complete && meant) this.send();
  }

  /** @param {string} reason */
  write(reason) {
    this.#change({ option: this.option, reason });
  }

  async send() {
    const draft = this.#draft;
    if (!draft?.option || !this.#live || !this.#poll) return;
    const { option } = draft;
    const reason = this.#poll.reasons === 'never' ? '' : draft.reason.trim();
    this.refusal = '';
    this.#underWay += 1;
    this.#host.requestUpdate();
    const answer = await this.#live.send('poll.vote', reason ? { poll: this.#poll.id, option, reason } : { poll: this.#poll.id, option });
    this.#underWay -= 1;
    if (answer.ok) this.#saved(draft);
    else this.#refused(refusalSentence(answer.code, answer.message));
    this.#host.requestUpdate();
  }

  /** @param {object} draft */
  #saved(draft) {
    if (!this.pending) say(_('Your answer is saved.'));
    setTimeout(() => {
      if (this.#draft === draft && !this.pending) this.#draft = null;
      this.#host.requestUpdate();
    }, ARRIVES_MS);
  }

  /** @param {string} sentence */
  #refused(sentence) {
    this.refusal = sentence;
    say(sentence);
  }

  #isSaved() {
    return this.#draft?.option === (this.#mine?.option ?? null) && this.#draft?.reason.trim() === (this.#mine?.reason ?? '');
  }

  /** @param {{option: string|null, reason: string}} draft */
  #change(draft) {
    this.#draft = draft;
    this.refusal = '';
    this.#host.requestUpdate();
  }
}
