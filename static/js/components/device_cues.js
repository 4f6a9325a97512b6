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
  /** @type {Set<string>|null} those known; null until there is a list */
  let known = null;
  session.subscribe(() => {
    const now = new Set();
    let [asked, order] = [false, false];
    for (const [, { id, status, list }] of session.entries('request/')) {
      if (status !== 'waiting') continue;
      now.add(id);
      // What the reader adds by hand needs no sound; a point of order does, whoever brought it.
      if (!known || known.has(id)) continue;
      if (list === 'order') order = true;
      else asked ||= !document.querySelector('dialog.add:modal');
    }
    known = now;
    if (!deviceSettings().sound) return;
    if (order) chime();
    else if (asked) ping();
  }, 'request/');
  // Browsers let a page sound only after a tap on it.
  addEventListener('pointerdown', () => deviceSettings().sound && !soundAllowed() && allowSound(), { capture: true, passive: true });
  keepScreenOn(deviceSettings().awake);
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
