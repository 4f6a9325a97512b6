/**
 * Sound and screen of the device that a session is run on: a tone when somebody asks for the floor, two for a point of
 * order, where wished; the screen stays on where the browser can keep it on.
 */

import { allowSound, chime, ping, soundAllowed } from '../lib/attention.js';
import { deviceSettings, setOnDevice } from '../lib/device_settings.js';
import { keepScreenOn } from '../lib/wake_lock.js';

/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */
/** @typedef {import('../lib/wire.js').FloorRequest} FloorRequest */

/** Whether this browser can keep the screen on; over plain HTTP none can. */
export const canStayAwake = 'wakeLock' in navigator;

/** @param {LiveSession} session */
export function cueDevice(session) {
  /** The keys of those who wait. @type {Set<string>} */
  const waiting = new Set();
  let begun = false;
  session.subscribe((changed) => {
    const requests = [...changed].filter((key) => key !== 'session');
    const lists = follow(waiting, requests.map((key) => [key, session.get(key)]));
    const sounds = begun && deviceSettings().sound;
    // Who waits already when the page is opened is no news.
    begun = true;
    if (!sounds) return;
    // What the reader adds by hand needs no sound; a point of order does, whoever brought it.
    if (lists.includes('order')) chime();
    else if (lists.length && !document.querySelector('dialog.add:modal')) ping();
  }, 'request/', 'session');
  // Browsers let a page sound only after a tap on it.
  addEventListener('pointerdown', () => deviceSettings().sound && !soundAllowed() && allowSound(), { capture: true, passive: true });
  keepScreenOn(deviceSettings().awake);
}

/**
 * Keep `waiting` up with the requests that changed; return the lists on which somebody has come in.
 * @param {Set<string>} waiting
 * @param {[string, FloorRequest|undefined][]} changed
 */
function follow(waiting, changed) {
  const lists = [];
  for (const [key, request] of changed) {
    if (request?.status === 'waiting') {
      if (!waiting.has(key)) lists.push(request.list);
      waiting.add(key);
    } else waiting.delete(key);
  }
  return lists;
}

/** @param {boolean} sound */
export async function setSound(sound) {
  setOnDevice({ sound });
  if (!sound) return;
  await allowSound();
  chime();
}

/** @param {boolean} awake */
export function setAwake(awake) {
  setOnDevice({ awake });
  keepScreenOn(awake);
}
