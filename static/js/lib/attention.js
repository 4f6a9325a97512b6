/**
 * Calls a person back to the screen: vibration, and a sound where the person allowed it.
 *
 * The permission is kept on the device; browsers want a tap on the page all the same before it makes a sound.
 */

const LONG_MS = 300;
const SHORT_MS = 120;
const TONE_SECONDS = 0.35;
const TONES_HERTZ = [587, 784];
const PLACE = 'companion:sound';

/** @type {AudioContext|null} */
let sound = null;

/** Say whether the person wants sounds. */
export function soundWanted() {
  try {
    return localStorage.getItem(PLACE) === 'on';
  } catch {
    return soundAllowed();
  }
}

/** Say whether this page may make a sound now. */
export function soundAllowed() {
  return sound?.state === 'running';
}

/** Allow sounds; browsers want this inside a tap. */
export async function allowSound() {
  keep('on');
  sound ??= new AudioContext();
  await sound.resume();
}

/** Take the permission back. */
export async function silence() {
  keep('off');
  await sound?.suspend();
}

/** Have the first tap on this page allow sounds, if the person did so on an earlier one. */
export function allowSoundAgain() {
  addEventListener('pointerup', () => soundWanted() && allowSound(), { once: true });
}

/** @param {'on'|'off'} value */
function keep(value) {
  try {
    localStorage.setItem(PLACE, value);
  } catch {
    // A private window may refuse to keep anything; then it is asked for anew.
  }
}

/** Two rising tones, if allowed. */
export function chime() {
  if (!sound || !soundAllowed()) return;
  const start = sound.currentTime;
  for (const [index, hertz] of TONES_HERTZ.entries()) tone(sound, hertz, start + index * TONE_SECONDS);
}

/** One tone, if allowed: something came that can wait. */
export function ping() {
  if (sound && soundAllowed()) tone(sound, TONES_HERTZ[0], sound.currentTime);
}

/** Vibrate and sound: somebody is to look at the screen now. */
export function call() {
  // Refused, as an error on the console, where nobody has tapped on the page yet; absent on many devices.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([LONG_MS, SHORT_MS, LONG_MS]);
  chime();
}

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
