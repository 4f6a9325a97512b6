/**
 * Speaks to screen readers through the two live regions of `base.html`.
 */

import { inItsFrame } from './frames.js';

const CLEAR_MS = 5_000;

/** @param {string} text said when the reader has time */
export function say(text) {
  speak('polite', text);
}

/** @param {string} text said at once: only what cannot wait, such as "You have the floor" */
export function sayNow(text) {
  speak('assertive', text);
}

/** @type {Record<string, ReturnType<typeof setTimeout>>} */
const clearing = {};

/** @param {'polite'|'assertive'} id @param {string} text */
function speak(id, text) {
  const region = document.getElementById(id);
  if (!region) return;
  clearTimeout(clearing[id]);
  // A line of its own, so that the same sentence is said again when it is true again.
  const line = document.createElement('p');
  line.textContent = text;
  void inItsFrame(() => region.replaceChildren(line));
  clearing[id] = setTimeout(() => region.replaceChildren(), CLEAR_MS);
}
