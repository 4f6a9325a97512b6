/**
 * Somebody who types into notes with the npm packages `yjs` and `socket.io-client` as they come, over a road that is cut and a
 * server that dies: `node writer.js '{"base": …}'`. On standard input come `stop` (send what is left) and `texts`; on standard
 * output go lines of JSON.
 */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { argv, exit, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import * as Y from 'yjs';

import { SessionClient, socketOf } from './session_client.js';

const ANSWER_MS = 2_000;
const PATIENCE_MS = 150;
const BETWEEN_EDITS_MS = 200;
const PIECES = ['a', 'remedy ', 'é', '人权', '😀', 'حق ', '𝒳', '\n', 'e\u0301', '👩‍👩‍👧'];

/** @type {{base: string, session: string, token: string, notes: string[], seed: number}} */
const { base, session, token, notes, seed } = JSON.parse(argv[2]);

let state = seed;
/** A number from 0 up to `most`, the same for each seed. */
function dice(most) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * (most + 1));
}

class Lost extends Error {}

class Writer {
  #docs = new Map(notes.map((note) => [note, new Y.Doc()]));
  /** What was typed and not sent, with the clock after it. @type {Map<string, {update: Uint8Array, clock: number}[]>} */
  #unsent = new Map(notes.map((note) => [note, []]));
  /** What was sent and not answered. */
  #commands = [];
  #client = null;
  #position = null;

  edits = 0;
  resyncs = 0;

  constructor() {
    for (const [note, doc] of this.#docs) {
      doc.on('update', (update, origin) => {
        if (origin !== 'server') this.#unsent.get(note).push({ update, clock: clockOf(doc) });
      });
    }
  }

  get hasMore() {
    return this.#commands.length > 0 || [...this.#unsent.values()].some((each) => each.length > 0);
  }

  texts() {
    return Object.fromEntries([...this.#docs].map(([note, doc]) => [note, doc.getText('text').toString()]));
  }

  edit() {
    const doc = this.#docs.get(notes[dice(notes.length - 1)]);
    const text = doc.getText('text');
    const characters = [...text.toString()];
    const at = dice(characters.length);
    const gone = dice(3) === 0 ? dice(Math.min(4, characters.length - at)) : 0;
    const start = characters.slice(0, at).join('').length;
    doc.transact(() => {
      text.delete(start, characters.slice(at, at + gone).join('').length);
      text.insert(start, PIECES[dice(PIECES.length - 1)]);
    });
    this.edits += 1;
  }

  /** Connect, and catch up from where one was, or take everything anew. */
  async join(anew = dice(1) === 0) {
    if (!this.#client?.socket.connected) {
      this.#client?.socket.close();
      this.#client = new SessionClient(socketOf(base, token, 'websocket'), session);
      this.#client.socket.on('patch', (patch) => this.#hear(patch));
      try {
        await this.#client.connect(ANSWER_MS);
      } catch {
        throw new Lost();
      }
    }
    const joined = await this.#ask('join', { session, ...(anew ? {} : this.#position) });
    assert.ok(joined.ok, JSON.stringify(joined));
    this.#position = { epoch: joined.epoch, audience: joined.audience, since: joined.seq };
    for (const patch of joined.patches ?? [{ set: joined.snapshot }]) this.#hear(patch);
    return joined;
  }

  get isConnected() {
    return Boolean(this.#client?.socket.connected);
  }

  /** Send what was typed into each note, one command at a time; some of it twice, some in the wrong order. */
  async deliver() {
    for (const note of notes) {
      const unsent = this.#unsent.get(note);
      if (!this.#commands.length && unsent.length) {
        const [first, ...rest] = unsent.splice(0);
        const all = rest.length && dice(3) === 0 ? [merged(rest), first] : [merged([first, ...rest])];
        this.#commands = all.map((each) => this.#command(note, each));
      }
      while (this.#commands.length) await this.#send(this.#commands[0]);
    }
  }

  #command(note, { update, clock }) {
    const data = { note, update: Buffer.from(update).toString('base64'), client: this.#docs.get(note).clientID, clock };
    return { session, id: randomUUID(), type: 'note.text', data };
  }

  async #send(command) {
    const answer = await this.#ask('command', command);
    if (answer.code === 'resync') {
      await this.#resync(command.data.note);
    } else if (answer.code === 'rate_limited' || answer.code === 'not_recorded') {
      await pause(PATIENCE_MS);
    } else {
      assert.ok(answer.ok, `${JSON.stringify(command)} ${JSON.stringify(answer)}`);
      this.#commands.shift();
      if (dice(9) === 0) await this.#again(command, answer);
    }
  }

  /** The same command gets the same answer; the same update in another command changes nothing. */
  async #again(command, answer) {
    const second = await this.#ask('command', command);
    if (second.code !== 'rate_limited') assert.deepEqual(second, answer);
    const other = await this.#ask('command', { ...command, id: randomUUID() });
    if (other.code !== 'rate_limited') assert.ok(other.ok && !other.result, JSON.stringify(other));
  }

  /** First the new state, then all that it does not have, as one update. */
  async #resync(note) {
    const joined = await this.join(true);
    const there = Buffer.from(joined.snapshot[`note/${note}`].state, 'base64');
    const doc = this.#docs.get(note);
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(there));
    this.#unsent.get(note).splice(0);
    this.#commands = [this.#command(note, { update, clock: clockOf(doc) })];
    this.resyncs += 1;
  }

  async #ask(event, payload) {
    try {
      return await this.#client.socket.timeout(ANSWER_MS).emitWithAck(event, payload);
    } catch {
      this.#client.socket.disconnect();
      throw new Lost();
    }
  }

  #hear({ seq, set }) {
    if (seq !== undefined && this.#position) this.#position.since = Math.max(this.#position.since, seq);
    for (const note of notes) {
      const { state: whole, updates = [] } = set[`note/${note}`] ?? {};
      for (const update of [...(whole ? [whole] : []), ...updates]) {
        Y.applyUpdate(this.#docs.get(note), Buffer.from(update, 'base64'), 'server');
      }
    }
  }
}

/** @param {Y.Doc} doc */
function clockOf(doc) {
  return Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0;
}

/** @param {{update: Uint8Array, clock: number}[]} several */
function merged(several) {
  return { update: Y.mergeUpdates(several.map((each) => each.update)), clock: several.at(-1).clock };
}

function tell(what) {
  stdout.write(`${JSON.stringify(what)}\n`);
}

/** Do something that needs the road, as often as it takes. */
async function whateverHappens(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      await pause(PATIENCE_MS);
    }
  }
}

const writer = new Writer();
let over = false;
createInterface({ input: stdin }).on('line', async (line) => {
  if (line === 'stop') over = true;
  if (line === 'texts') {
    await whateverHappens(() => writer.join());
    tell({ texts: writer.texts() });
    exit(0);
  }
});
await whateverHappens(() => writer.join());
while (!over || writer.hasMore) {
  if (!over) writer.edit();
  if (!over && dice(1)) writer.edit();
  await whateverHappens(async () => {
    if (!writer.isConnected) await writer.join();
    await writer.deliver();
  });
  if (!over) await pause(dice(2 * BETWEEN_EDITS_MS));
  tell({ edits: writer.edits });
}
tell({ edits: writer.edits, resyncs: writer.resyncs, drained: true });
