/**
 * A server with shared notes, and rapporteurs' pages without a screen: their desk, their outbox, and a field to type in.
 */

import * as Y from '../../static/vendor/yjs.js';
import { fromBase64, toBase64 } from '../../static/js/lib/base64.js';
import { Drafts } from '../../static/js/live/drafts.js';
import { newId } from '../../static/js/live/ids.js';
import { NoteDesk } from '../../static/js/live/note_desk.js';
import { Outbox } from '../../static/js/live/outbox.js';
import { MemoryStore } from '../../static/js/live/outbox_store.js';
import { SessionMap } from '../../static/js/live/session_map.js';
import { inOne } from '../../static/js/live/shared_text.js';
import { WritingField } from '../../static/js/live/writing_field.js';

const LONGEST = 20_000;

/** @returns {Promise<void>} */
export const settled = async () => { for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => { setImmediate(resolve); }); };

/** Takes what the real one takes, knows each id once, and tells all pages. */
export class NoteServer {
  /** @type {Map<string, {doc: Y.Doc, version: number, by: string}>} */
  notes = new Map();

  /** @type {Set<Page>} */
  pages = new Set();

  /** @type {any[]} */
  heard = [];

  /** Refuse the next `note.text` so. @type {string[]} */
  refuses = [];

  /** @type {Map<string, any>} */
  #answers = new Map();

  /** @param {string} id */
  text(id) {
    return this.notes.get(id)?.doc.getText('text').toString();
  }

  snapshot() {
    return Object.fromEntries([...this.notes.keys()].map((id) => [`note/${id}`, { ...this.#value(id), state: toBase64(Y.encodeStateAsUpdate(this.notes.get(id)?.doc)) }]));
  }

  /** @param {any} command @param {string} by */
  take(command, by) {
    this.heard.push(command);
    const answer = this.#answers.get(command.id) ?? this.#decide(command, by);
    if (answer.ok) this.#answers.set(command.id, answer);
    return answer;
  }

  /** @param {string} id */
  remove(id) {
    this.notes.delete(id);
    for (const page of this.pages) page.hear({ set: {}, unset: [`note/${id}`] });
  }

  /** As a database that was restored: what was typed into the note is not there. @param {string} id */
  lose(id) {
    this.notes.get(id).doc = new Y.Doc();
  }

  /** Another's whole text. @param {string} id @param {string} text */
  write(id, text) {
    const note = this.notes.get(id);
    const doc = new Y.Doc();
    doc.clientID = 1;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(note.doc));
    const before = Y.encodeStateVector(doc);
    doc.getText('text').delete(0, doc.getText('text').length);
    doc.getText('text').insert(0, text);
    this.#merge(id, Y.encodeStateAsUpdate(doc, before), 'other');
  }

  /** @param {any} command @param {string} by */
  #decide({ type, data }, by) {
    const note = this.notes.get(data.note);
    if (type === 'note.add') {
      if (note) return { ok: false, code: 'id_in_use' };
      const doc = new Y.Doc();
      doc.clientID = 1;
      if (data.text) doc.getText('text').insert(0, data.text);
      this.notes.set(data.note, { doc, version: 1, by });
      for (const page of this.pages) page.hear({ set: { [`note/${data.note}`]: this.snapshot()[`note/${data.note}`] }, unset: [] });
      return { ok: true, result: { note: data.note } };
    }
    if (!note) return { ok: false, code: 'not_found' };
    if (type !== 'note.text') return { ok: true };
    const code = this.refuses.shift() ?? this.#whyNot(note.doc, data);
    if (code) return { ok: false, code };
    this.#merge(data.note, fromBase64(data.update), by);
    return { ok: true, result: { version: note.version } };
  }

  /** @param {Y.Doc} doc @param {any} data */
  #whyNot(doc, { update, client, clock }) {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const was = Y.decodeStateVector(Y.encodeStateVector(copy));
    Y.applyUpdate(copy, fromBase64(update));
    const now = Y.decodeStateVector(Y.encodeStateVector(copy));
    if ((now.get(client) ?? 0) < clock || copy.store.pendingStructs || copy.store.pendingDs) return 'resync';
    if ([...now].some(([each, at]) => each !== client && at !== (was.get(each) ?? 0))) return 'bad_message';
    if (atob(update).length > 40_960) return 'bad_message';
    return [...copy.getText('text').toString()].length > LONGEST ? 'too_large' : null;
  }

  /** @param {string} id @param {Uint8Array} update @param {string} by */
  #merge(id, update, by) {
    const note = this.notes.get(id);
    Y.applyUpdate(note.doc, update);
    note.version += 1;
    note.by = by;
    for (const page of this.pages) page.hear({ set: { [`note/${id}`]: { ...this.#value(id), updates: [toBase64(update)] } }, unset: [] });
  }

  /** @param {string} id */
  #value(id) {
    const note = this.notes.get(id);
    return { id, kind: 'gap', text: this.text(id), version: note.version, rank: 'a', written_by: note.by, written_at: new Date().toISOString() };
  }
}

/** What a textarea is to the one who writes in it. */
export class Field {
  value = '';

  selectionStart = 0;

  selectionEnd = 0;

  selectionDirection = 'none';

  /** @param {number} start @param {number} end */
  setSelectionRange(start, end) {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }

  /** As a key does. @param {string} came */
  type(came) {
    const at = this.selectionStart + came.length;
    this.value = this.value.slice(0, this.selectionStart) + came + this.value.slice(this.selectionEnd);
    this.setSelectionRange(at, at);
  }
}

/** A rapporteur's page: a live session, the desk on it, and a field in which one note is written. */
export class Page extends EventTarget {
  state = 'live';

  field = new Field();

  writing = new WritingField(/** @type {any} */ (this.field));

  /** Patches that have not come yet; null: they come at once. @type {any[]|null} */
  late = null;

  /** The answers get lost on their way. */
  deaf = false;

  #map = new SessionMap();

  #server;

  #outbox;

  /** @param {NoteServer} server @param {string} person @param {string} note @param {MemoryStore} [store] @param {any} [storage] */
  constructor(server, person, note, store = new MemoryStore(), storage = null) {
    super();
    Object.assign(this, { person, note, store, storage });
    this.#server = server;
    this.#map.replace({ 'me/person': { id: person } });
    this.#outbox = new Outbox(store, 'p:s', async (command) => {
      await null;
      if (!this.#isJoined) return null;
      const answer = server.take(command, person);
      return this.deaf ? null : answer;
    }, {
      changed: () => this.dispatchEvent(new Event('unsaved')),
      refused: (command, answer) => this.dispatchEvent(new CustomEvent('refused', { detail: { command, answer } })),
    }, inOne);
    this.desk = new NoteDesk(/** @type {any} */ (this), new Drafts('p:s', storage));
    this.desk.addEventListener('changed', () => this.#show());
    this.desk.addEventListener('moved', (event) => { this.note = event.detail.to; });
  }

  get pending() {
    return this.#outbox.commands;
  }

  get #isJoined() {
    return this.#server.pages.has(this);
  }

  async open() {
    await this.#outbox.load();
    this.join();
    this.desk.resume();
    this.desk.bind(this.note, this.writing);
    return this;
  }

  join() {
    this.#server.pages.add(this);
    this.refresh();
    this.#outbox.resume();
  }

  leave() {
    this.#server.pages.delete(this);
    this.late = null;
    this.#outbox.pause();
  }

  refresh() {
    if (!this.#isJoined) return;
    this.late = null;
    const snapshot = { ...this.#server.snapshot(), 'me/person': { id: this.person } };
    this.dispatchEvent(new CustomEvent('snapshot', { detail: snapshot }));
    this.#map.replace(snapshot);
  }

  /** @param {any} patch */
  hear(patch) {
    if (this.late) return void this.late.push(patch);
    this.dispatchEvent(new CustomEvent('patch', { detail: patch }));
    this.#map.apply(patch);
  }

  catchUp() {
    const late = this.late ?? [];
    this.late = null;
    for (const patch of late) this.hear(patch);
  }

  /** Type, as a key does. @param {string} came @param {Record<string, unknown>} [add] */
  type(came, add) {
    this.field.type(came);
    return this.typed(add);
  }

  /** @param {Record<string, unknown>} [add] */
  typed(add) {
    return this.writing.take(this.desk.textOf(this.note), (text, caret) => this.desk.pen.write(this.note, text, { caret, add }));
  }

  /** The input method is done. */
  composed() {
    return this.writing.end(() => this.typed());
  }

  /** What was typed goes now. */
  hand() {
    this.desk.pen.flush(this.note);
  }

  #show() {
    if (!this.desk.isKnown(this.note)) return;
    this.desk.bind(this.note, this.writing);
    this.writing.show(this.desk.textOf(this.note));
  }

  /** @param {string} key */
  get(key) {
    return this.#map.get(key);
  }

  /** @param {string} prefix */
  values(prefix) {
    return this.#map.values(prefix);
  }

  /** @param {any} subscriber @param {string[]} prefixes */
  subscribe(subscriber, ...prefixes) {
    return this.#map.subscribe(subscriber, ...prefixes);
  }

  /** @param {string} type @param {any} data */
  async send(type, data) {
    return this.#outbox.add({ id: newId(), type, data });
  }

  now() {
    return Date.now();
  }
}
