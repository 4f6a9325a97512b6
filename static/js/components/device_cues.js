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
    const lists = [...changed].map((key) => cameIn(waiting, key, session.get(key))).filter(Boolean);
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
 * Return the list on which somebody waits since this change, if somebody does.
 * @param {Set<string>} waiting the keys of those who waited before; kept up here
 * @param {string} key @param {FloorRequest|undefined} request
 */
function cameIn(waiting, key, request) {
  if (request?.status !== 'waiting') return void waiting.delete(key);
  return waiting.has(key) ? undefined : waiting.add(key) && request.list;
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
