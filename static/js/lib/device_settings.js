/**
 * What this device does for whoever runs a session on it: kept on it, not in the session.
 */

/** @typedef {{sound: boolean, awake: boolean}} DeviceSettings a sound for new requests; the screen stays on */

const PLACE = 'companion:device';

/** @type {DeviceSettings} */
const USUAL = { sound: false, awake: true };

/** @param {Storage|null} [storage] @returns {DeviceSettings} */
export function deviceSettings(storage = localStorageOrNone()) {
  try {
    const kept = JSON.parse(storage?.getItem(PLACE) ?? '{}');
    return { sound: Boolean(kept.sound ?? USUAL.sound), awake: Boolean(kept.awake ?? USUAL.awake) };
  } catch {
    return { ...USUAL };
  }
}

/** @param {Partial<DeviceSettings>} change @param {Storage|null} [storage] */
export function setOnDevice(change, storage = localStorageOrNone()) {
  const settings = { ...deviceSettings(storage), ...change };
  try {
    storage?.setItem(PLACE, JSON.stringify(settings));
  } catch {
    // A private window may refuse to keep anything: then it holds until the page is left.
  }
  return settings;
}

function localStorageOrNone() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
