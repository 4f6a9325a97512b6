/**
 * What passes between shared texts and the server: updates of what was typed here, and of what others typed.
 *
 * Where the server lacks something typed before, its state is asked for once nothing more of the text is on its way, and it is
 * brought what it lacks in one update; if that does not fit either, the text is written into its state anew. A text that is
 * otherwise than the server says, though all that was typed has reached it, is taken from its state.
 */

/** @typedef {import('./live_session.js').LiveSession} LiveSession */
/** @typedef {import('./shared_text.js').Typed} Typed */
/** @typedef {import('./shared_texts.js').SharedTexts} SharedTexts */
/** @typedef {import('../lib/wire_documents.js').Note} Note */

const NOTE = 'note/';
const TEXTS = new Set(['note.add', 'note.text']);

export class TextExchange {
  #live;

  #texts;

  #gone;

  /** The versions that what was typed here has made. @type {Map<string, number>} */
  #own = new Map();

  /** Texts that the server lacks something of. @type {Set<string>} */
  #lacking = new Set();

  /** Texts that one update has not brought there yet. @type {Set<string>} */
  #unfit = new Set();

  /** @type {Set<string>} */
  #differing = new Set();

  #asked = false;

  /** @param {LiveSession} live @param {SharedTexts} texts @param {(id: string) => void} gone to be told of a note that is no longer there */
  constructor(live, texts, gone) {
    this.#live = live;
    this.#texts = texts;
    this.#gone = gone;
    live.addEventListener('snapshot', (event) => this.#settle(/** @type {CustomEvent} */ (event).detail));
    live.addEventListener('patch', (event) => this.#heard(/** @type {CustomEvent} */ (event).detail));
    live.addEventListener('unsaved', () => this.#ask());
  }

  /** Return the text of a note to write in; undefined where nobody knows it. @param {string} id */
  open(id) {
    const typed = this.#pending(id).flatMap(({ type, data }) => (type === 'note.text' ? [String(data.update)] : []));
    return this.#texts.open(id, typed);
  }

  /** Take up what an earlier page had not brought to the server. */
  resume() {
    for (const { type, data } of this.#live.pending.filter((each) => TEXTS.has(each.type))) {
      const id = String(data.note);
      if (!this.open(id) && type === 'note.add') this.#texts.begin(id, String(data.text ?? ''));
      else if (type === 'note.text') this.#texts.get(id)?.merge([String(data.update)]);
    }
  }

  /** Hand what was typed into a note to the outbox. @param {string} id */
  send(id) {
    if (this.#lacking.has(id)) return;
    for (const part of this.#texts.get(id)?.take() ?? []) this.#sendOne(id, part);
  }

  /** Whether the server may lack something of a text. @param {string} id */
  isUnsent(id) {
    return Boolean(this.#texts.get(id)?.isTyped) || this.isPending(id);
  }

  /** Whether the outbox has something of a text. @param {string} id */
  isPending(id) {
    return this.#pending(id).length > 0;
  }

  /** The server lacks something typed before: bring it there. @param {string} id */
  lacks(id) {
    this.#lacking.add(id);
    this.#ask();
  }

  /** @param {string} id */
  #pending(id) {
    return this.#live.pending.filter(({ type, data }) => data.note === id && TEXTS.has(type));
  }

  /** @param {string} id @param {Typed} part */
  async #sendOne(id, part) {
    const answer = await this.#live.send('note.text', { note: id, ...part });
    if (!answer.ok) return;
    this.#own.set(id, Math.max(this.#own.get(id) ?? 0, Number(answer.result?.version ?? 0)));
    this.#unfit.delete(id);
  }

  #ask() {
    const isDue = this.#differing.size > 0 || [...this.#lacking].some((id) => !this.isPending(id));
    if (this.#asked || !isDue) return;
    this.#asked = true;
    this.#live.refresh();
  }

  /** @param {import('../lib/wire.js').Patch} patch */
  #heard({ set, unset }) {
    for (const [key, note] of Object.entries(set ?? {})) if (key.startsWith(NOTE)) this.#said(note);
    for (const key of unset ?? []) if (key.startsWith(NOTE)) this.#gone(key.slice(NOTE.length));
  }

  /** @param {Note} note */
  #said(note) {
    const { id, state, updates } = note;
    this.#texts.serve(note);
    this.#texts.whenDone(id, () => {
      this.#texts.merge(id, state ? [state] : updates ?? []);
      if (this.#differs(note)) this.#differing.add(id);
      this.#ask();
    });
  }

  /** @param {Note} note */
  #differs({ id, version, text }) {
    const open = this.#texts.get(id);
    return open !== undefined && !this.isUnsent(id) && version >= (this.#own.get(id) ?? 0) && String(open) !== text;
  }

  /** @param {Record<string, any>} snapshot everything, anew */
  #settle(snapshot) {
    this.#asked = false;
    this.#own.clear();
    for (const id of this.#texts.known) if (!snapshot[NOTE + id]) this.#gone(id);
    for (const [key, note] of Object.entries(snapshot)) {
      if (!key.startsWith(NOTE)) continue;
      this.#texts.serve(note);
      this.#texts.whenDone(note.id, () => this.#agree(note));
    }
  }

  /** @param {Note} note as the server has it */
  #agree({ id, state = '' }) {
    if (this.#differing.delete(id) && !this.isUnsent(id)) this.#texts.reopen(id);
    else if (this.#lacking.has(id) && !this.isPending(id)) this.#bring(id, state);
    else this.#texts.merge(id, [state]);
  }

  /** @param {string} id @param {string} state what the server has */
  #bring(id, state) {
    const open = this.#texts.get(id);
    open?.take();
    const part = this.#unfit.has(id) ? null : open?.missingIn(state);
    this.#lacking.delete(id);
    this.#unfit.add(id);
    if (part) {
      this.#texts.merge(id, [state]);
      this.#sendOne(id, part);
    } else if (open) {
      this.#texts.reopen(id);
      this.#texts.get(id)?.write(String(open));
      this.send(id);
    }
  }
}
