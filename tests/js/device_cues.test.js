import assert from 'node:assert/strict';
import { test } from 'node:test';

/** The pitches heard, in hertz. @type {number[]} */
let heard = [];

/** A sound card that writes down what it is to play. */
class Card {
  state = 'running';

  currentTime = 0;

  async resume() {}

  createGain() {
    return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect() {} };
  }

  createOscillator() {
    const frequency = { value: 0 };
    return { frequency, connect: (/** @type {unknown} */ next) => next, start: () => heard.push(frequency.value), stop() {} };
  }
}

const kept = JSON.stringify({ sound: true, awake: false });
Object.defineProperties(globalThis, Object.getOwnPropertyDescriptors({
  AudioContext: Card,
  navigator: {},
  addEventListener() {},
  document: { querySelector: () => null },
  localStorage: { getItem: (/** @type {string} */ key) => (key === 'companion:device' ? kept : null), setItem() {} },
}));
const { cueDevice, setSound } = await import('../../static/js/components/device_cues.js');
await setSound(true);

/** A session whose requests change as told. */
class Asked {
  /** @type {Map<string, any>} */
  #requests = new Map();

  /** @type {(changed: Set<string>) => void} */
  #told = () => {};

  get(/** @type {string} */ key) {
    return this.#requests.get(key);
  }

  subscribe(/** @type {(changed: Set<string>) => void} */ told) {
    this.#told = told;
  }

  /** Return what is heard when these become so. @param {Record<string, any>} requests @param {string[]} others */
  hears(requests, ...others) {
    heard = [];
    for (const [key, request] of Object.entries(requests)) this.#requests.set(key, request);
    this.#told(new Set([...Object.keys(requests), ...others]));
    return heard;
  }
}

function cued() {
  const session = new Asked();
  cueDevice(/** @type {any} */ (session));
  return session;
}

const speaker = { status: 'waiting', list: 'speakers' };
const order = { status: 'waiting', list: 'order' };

test('who waits already when the page is opened is no news; who comes in after that is', () => {
  const session = cued();
  assert.deepEqual(session.hears({ 'request/1': speaker }, 'session'), []);
  assert.deepEqual(session.hears({ 'request/2': speaker }), [587]);
  assert.deepEqual(session.hears({ 'request/2': { ...speaker, ready: true } }), []);
  assert.deepEqual(session.hears({ 'request/2': { ...speaker, status: 'withdrawn' } }), []);
  assert.deepEqual(session.hears({ 'request/2': speaker }), [587]);
});

test('on a list that was empty when the page was opened, the first who asks is heard', () => {
  const session = cued();
  assert.deepEqual(session.hears({}, 'session'), []);
  assert.deepEqual(session.hears({ 'request/1': speaker }), [587]);
});

test('a point of order has two tones, also among others', () => {
  const session = cued();
  session.hears({}, 'session');
  assert.deepEqual(session.hears({ 'request/1': speaker, 'request/2': order }), [587, 784]);
});
