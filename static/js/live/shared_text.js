/**
 * One text that several people write at once: a Yjs document, and what was typed into it here and not handed over yet.
 *
 * Whatever is typed is one smallest edit of the plain text. Undo takes back what was typed here, never what others typed.
 */

import * as Y from '/static/vendor/yjs.js';
import { fromBase64, toBase64 } from '../lib/base64.js';
import { difference, pieces } from '../lib/text_edits.js';

/** What is sent: docs/PROTOCOL.md, `note.text`. @typedef {{update: string, client: number, clock: number}} Typed */

const ROOT = 'text';
/** The Yjs client under whom the server writes. */
const SERVER = 1;
const HERE = 'here';
/** Of one update, so that in base64 it keeps within 40 KiB. */
const MOST_BYTES = 30_000;
const MOST_IN_BASE64 = MOST_BYTES * 4 / 3;
/** Of what is put in at once: in any script, less than an update may have. */
const MOST_AT_ONCE = 8_000;
/** What was typed without such a pause is undone together. */
const ONE_STEP_MS = 500;

export class SharedText {
  #doc = new Y.Doc();

  #text = this.#doc.getText(ROOT);

  #undo = new Y.UndoManager(this.#text, { trackedOrigins: new Set([HERE]), captureTimeout: ONE_STEP_MS });

  /** Updates of one's own, each with the clock after it. @type {{update: Uint8Array, clock: number}[]} */
  #typed = [];

  /** @param {string[]} [updates] in base64 */
  constructor(updates = []) {
    this.merge(updates);
    this.#doc.on('update', (update, origin) => {
      if (origin === HERE || origin === this.#undo) this.#typed.push({ update, clock: this.#clock });
    });
  }

  /**
   * Begin with `text` as the server does when it makes a note of it; it was typed here, so undo takes it back.
   * @param {string} text
   */
  begin(text) {
    const client = this.#doc.clientID;
    this.#doc.clientID = SERVER;
    this.#doc.transact(() => this.#text.insert(0, text), HERE);
    this.#doc.clientID = client;
    this.#typed = [];
  }

  toString() {
    return this.#text.toString();
  }

  /** Whether something was typed that is not handed over yet. */
  get isTyped() {
    return this.#typed.length > 0;
  }

  /**
   * Make `text` of it, as typed here with the caret at `caret`. Returns whether that changes anything.
   * @param {string} text
   * @param {number} [caret]
   */
  write(text, caret) {
    const { at, gone, came } = difference(this.toString(), text, caret);
    if (gone) this.#doc.transact(() => this.#text.delete(at, gone), HERE);
    let place = at;
    for (const piece of pieces(came, MOST_AT_ONCE)) {
      this.#doc.transact(() => this.#text.insert(place, piece), HERE);
      place += piece.length;
    }
    return gone > 0 || came !== '';
  }

  /** What is typed from now on is undone apart from what was typed before. */
  endStep() {
    this.#undo.stopCapturing();
  }

  /** Take back, or do again, what was typed here. @param {'undo'|'redo'} which */
  step(which) {
    this.#undo[which]();
  }

  /** @param {string[]} updates in base64 */
  merge(updates) {
    this.#doc.transact(() => { for (const update of updates) Y.applyUpdate(this.#doc, fromBase64(update)); });
  }

  /** Hand over what was typed. @returns {Typed[]} in order */
  take() {
    /** @type {{updates: Uint8Array[], bytes: number, clock: number}[]} */
    const parts = [];
    for (const { update, clock } of this.#typed.splice(0)) {
      const last = parts.at(-1);
      if (last && last.bytes + update.length <= MOST_BYTES) Object.assign(last, { updates: [...last.updates, update], bytes: last.bytes + update.length, clock });
      else parts.push({ updates: [update], bytes: update.length, clock });
    }
    return parts.map(({ updates, clock }) => ({ update: toBase64(Y.mergeUpdates(updates)), client: this.#doc.clientID, clock }));
  }

  /**
   * Return what a document lacks that this one has, or null where it is more than one update can bring: what was typed under
   * several clients, or too much.
   * @param {string} state in base64
   * @returns {Typed|null}
   */
  missingIn(state) {
    const vector = Y.encodeStateVectorFromUpdate(fromBase64(state));
    const there = Y.decodeStateVector(vector);
    const here = [...Y.decodeStateVector(Y.encodeStateVector(this.#doc))];
    const ahead = here.filter(([client, clock]) => clock > (there.get(client) ?? 0));
    const [client, clock] = ahead[0] ?? [this.#doc.clientID, this.#clock];
    const update = Y.encodeStateAsUpdate(this.#doc, vector);
    return ahead.length > 1 || update.length > MOST_BYTES ? null : { update: toBase64(update), client, clock };
  }

  /**
   * Return a mark that stays between the letters where `place` is, whatever is typed around it: with the letter before it, or,
   * where `forward`, with the one after it.
   * @param {number} place
   * @param {boolean} [forward]
   */
  mark(place, forward = false) {
    return Y.createRelativePositionFromTypeIndex(this.#text, place, forward ? 0 : -1);
  }

  /** @param {ReturnType<SharedText['mark']>} mark */
  placeOf(mark) {
    return Y.createAbsolutePositionFromRelativePosition(mark, this.#doc)?.index ?? 0;
  }

  get #clock() {
    return Y.getState(this.#doc.store, this.#doc.clientID);
  }
}

/** Return updates, in base64, as one. @param {string[]} updates */
export function joined(updates) {
  return toBase64(Y.mergeUpdates(updates.map(fromBase64)));
}

/**
 * Return two updates of one client as one, or null where that would be too large.
 * @param {Typed} earlier
 * @param {Typed} later
 * @returns {Typed|null}
 */
export function inOne(earlier, later) {
  if (earlier.client !== later.client) return null;
  const update = joined([earlier.update, later.update]);
  return update.length > MOST_IN_BASE64 ? null : { ...later, update };
}
