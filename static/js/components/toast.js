/**
 * One sentence at the foot of the screen that goes away by itself; also said to screen readers.
 */

import { sayNow } from './announcer.js';

const MINIMUM_MS = 4_000;
const MS_PER_CHARACTER = 70;

/** @type {ReturnType<typeof setTimeout>|undefined} */
let leaving;

/** @param {string} sentence */
export function toast(sentence) {
  const found = document.querySelector('.toast');
  const line = found instanceof HTMLElement ? found : document.body.appendChild(document.createElement('div'));
  line.className = 'toast';
  line.popover = 'manual';
  line.textContent = sentence;
  // In the top layer, so that an open dialog does not cover it.
  if (line.matches(':popover-open')) line.hidePopover();
  line.showPopover?.();
  sayNow(sentence);
  clearTimeout(leaving);
  leaving = setTimeout(() => line.remove(), MINIMUM_MS + sentence.length * MS_PER_CHARACTER);
}
