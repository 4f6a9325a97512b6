/**
 * Calls a person back to the screen: vibration, a sound where the person allowed it, a screen that stays on.
 */

const LONG_MS = 300;
const SHORT_MS = 120;
const TONE_SECONDS = 0.35;
const TONES_HERTZ = [587, 784];

/** @type {AudioContext|null} */
let sound = null;

/** Say whether this browser can make a sound and has been allowed to. */
export function soundAllowed() {
  return sound?.state === 'running';
}

/** Allow sounds; browsers want this inside a tap. */
export async function allowSound() {
  sound ??= new AudioContext();
  await sound.resume();
}

/** Take the permission back. */
export async function silence() {
  await sound?.suspend();
}

/** Two rising tones, if allowed. */
export function chime() {
  if (!sound || !soundAllowed()) return;
  const start = sound.currentTime;
  for (const [index, hertz] of TONES_HERTZ.entries()) tone(sound, hertz, start + index * TONE_SECONDS);
}

/** Vibrate and sound: somebody is to look at the screen now. */
export function call() {
  // Refused, as an error on the console, where nobody has tapped on the page yet; absent on many devices.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([LONG_MS, SHORT_MS, LONG_MS]);
  chime();
}

/**
 * Keep the screen on while `wanted`; only where the browser offers it, which wants HTTPS.
 * @param {boolean} wanted
 */
export async function keepScreenOn(wanted) {
  if (wanted === Boolean(lock) || !('wakeLock' in navigator)) return;
  const held = lock;
  lock = wanted ? navigator.wakeLock.request('screen').catch(() => null) : null;
  (await held)?.release();
}

/** @type {Promise<WakeLockSentinel|null>|null} */
let lock = null;

/**
 * @param {AudioContext} context
 * @param {number} hertz
 * @param {number} at
 */
function tone(context, hertz, at) {
  const [source, volume] = [context.createOscillator(), context.createGain()];
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.25, at + 0.03);
  volume.gain.linearRampToValueAtTime(0, at + TONE_SECONDS);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_SECONDS);
}
