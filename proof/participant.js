/**
 * Participants on the npm package `socket.io-client` as it comes: `node participant.js '{"base": …}'`. Each asks for the floor,
 * answers the poll and withdraws, over a road that is cut and a server that dies. On standard output goes a line of JSON for all
 * that each sent, was told and saw; on standard input come `muster` (be still and compare), `go on` and `over`.
 */

import { randomUUID } from 'node:crypto';
import { argv, exit, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { io } from 'socket.io-client';

const ANSWER_MS = 2_000;
const PATIENCE_MS = 300;
const BETWEEN_COMMANDS_MS = 300;
const LATE_MS = 1_500;
const TWICE = 0.15;
const COMPARED = 0.05;
const AGAIN = new Set(['rate_limited', 'not_recorded', 'unexpected']);
const OPTIONS = ['yes', 'no', 'abstain'];

/** @type {{base: string, session: string, tokens: string[], poll: string}} */
const { base, session, tokens, poll } = JSON.parse(argv[2]);

class Lost extends Error {}
class Participant {
  #who;
  #token;
  #socket = null;
  #joined = false;
  #position = {};

  /** What overtook the answer to `join`; null once it is there. */
  #early = [];
  #answers = 0;

  constructor(who, token) {
    this.#who = who;
    this.#token = token;
  }

  tell(line) {
    stdout.write(`${JSON.stringify({ who: this.#who, ...line })}\n`);
  }

  async act() {
    const request = randomUUID();
    await this.#deliver('floor.request', { request, kind: 'statement' });
    await this.#deliver('poll.vote', { poll, option: OPTIONS[(this.#answers += 1) % OPTIONS.length] });
    await this.#deliver('floor.withdraw', { request });
    if (Math.random() < COMPARED) await this.compare(false);
  }

  async compare(whole) {
    await whateverHappens(async () => {
      await this.#connected();
      if (whole) {
        await pause(LATE_MS);
        await this.#connected();
      }
      await this.#take({}, (answer, early) => this.tell({ refreshed: answer, early, whole }));
    });
  }

  async #deliver(type, data) {
    const command = { session, id: randomUUID(), type, data };
    const answer = await this.#settled(command);
    if (answer?.ok && Math.random() < TWICE) await this.#settled(command);
    await pause(BETWEEN_COMMANDS_MS * (0.5 + Math.random()));
  }

  async #settled(command) {
    while (!over) {
      try {
        await this.#connected();
        this.tell({ sent: { id: command.id, type: command.type } });
        const answer = await this.#ask('command', command, (said) => this.tell({ told: { id: command.id, answer: said } }));
        if (answer.ok || !AGAIN.has(answer.code)) return answer;
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
      await pause(PATIENCE_MS);
    }
    return null;
  }

  async #connected() {
    if (this.#socket?.connected && this.#joined) return;
    this.#joined = false;
    this.#socket?.disconnect();
    this.#early = [];
    const socket = io(base, { auth: { token: this.#token }, transports: ['websocket'], reconnection: false, forceNew: true });
    this.#socket = socket;
    socket.on('patch', (patch) => {
      if (socket === this.#socket) this.#hear(patch);
    });
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', () => reject(new Lost()));
      setTimeout(() => reject(new Lost()), ANSWER_MS).unref();
    });
    const { since = null } = this.#position;
    await this.#take(this.#position, (joined, early) => this.tell({ joined, since, early }));
    this.#joined = true;
  }

  async #take(position, take) {
    this.#early = [];
    const answer = await this.#ask('join', { session, ...position }, (said) => {
      if (!said.ok) return;
      const early = this.#early;
      this.#early = null;
      this.#position = { epoch: said.epoch, audience: said.audience, since: said.seq };
      take(said, early);
      for (const { seq } of early) this.#position.since = Math.max(this.#position.since, seq);
    });
    if (!answer.ok) {
      this.#socket.disconnect();
      throw new Lost();
    }
  }

  #hear(patch) {
    if (this.#early) return void this.#early.push(patch);
    this.#position.since = Math.max(this.#position.since, patch.seq);
    this.tell({ heard: patch });
  }

  async #ask(event, payload, heard) {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      socket.timeout(ANSWER_MS).emit(event, payload, (error, answer) => {
        if (error || socket !== this.#socket) {
          socket.disconnect();
          reject(new Lost());
        } else {
          heard(answer);
          resolve(answer);
        }
      });
    });
  }
}

/** Do something that needs the road, as often as it takes. */
async function whateverHappens(work) {
  while (!over) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      await pause(PATIENCE_MS);
    }
  }
}

let over = false;
let still = false;
let arrived = 0;
let compare = () => {};
let goOn = () => {};
let compared = Promise.resolve();
let released = Promise.resolve();
const everybody = tokens.map((token, who) => new Participant(who, token));

/** Wait until all are still, compare, and go on when all have. */
async function muster(participant) {
  arrived += 1;
  if (arrived === everybody.length) stdout.write('{"still": true}\n');
  await compared;
  await participant.compare(true);
  arrived -= 1;
  if (arrived === 0) {
    still = false;
    stdout.write('{"compared": true}\n');
    goOn();
  }
  await released;
}

createInterface({ input: stdin }).on('line', (line) => {
  if (line === 'muster') {
    compared = new Promise((resolve) => { compare = resolve; });
    released = new Promise((resolve) => { goOn = resolve; });
    still = true;
  }
  else if (line === 'compare') compare();
  else if (line === 'over') over = true;
});

await Promise.all(everybody.map(async (participant) => {
  await participant.compare(false);
  while (!over) {
    if (still) await muster(participant);
    else await participant.act();
  }
}));
exit(0);
