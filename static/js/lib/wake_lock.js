/**
 * Keeps the screen of a device on, where the browser offers that: over HTTPS, and on this machine.
 */

/** @type {WakeLockSentinel|null} */
let held = null;
let wanted = false;
let working = Promise.resolve();
let watching = false;

/** Whether this browser, on this page, can do it at all. */
export function canKeepScreenOn() {
  return 'wakeLock' in navigator;
}

/** @param {boolean} on from now on */
export function keepScreenOn(on) {
  if (on === wanted || !canKeepScreenOn()) return;
  wanted = on;
  // The browser lets go of it whenever the page is hidden.
  if (!watching) document.addEventListener('visibilitychange', settleInTurn);
  watching = true;
  settleInTurn();
}

function settleInTurn() {
  working = working.then(settle);
}

async function settle() {
  if (wanted && !document.hidden && (!held || held.released)) held = await navigator.wakeLock.request('screen').catch(() => null);
  if (!wanted && held) {
    await held.release();
    held = null;
  }
}
