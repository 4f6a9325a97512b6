/**
 * A button that sends a command, or says in words why it cannot; none for what this role never does.
 *
 * One that is off stays in reach of the keyboard and of a finger: a tap on it gives the reason.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { refusalSentence } from '../lib/refusals.js';
import { toast } from './toast.js';

/**
 * @typedef {object} CommandButton
 * @property {unknown} label
 * @property {string|null} whyNot code of the refusal, null when it may be sent
 * @property {() => unknown} run
 * @property {string} id one of a kind on the page
 * @property {string} [look] classes
 * @property {string} [name] accessible name, where the label is not enough
 * @property {boolean} [pressed] for one that stays pressed
 */

/** @param {CommandButton} button */
export function commandButton({ label, whyNot, run, id, look = '', name, pressed }) {
  if (whyNot === 'not_allowed') return nothing;
  const reason = whyNot ? refusalSentence(whyNot) : '';
  const click = () => (whyNot ? toast(reason) : run());
  return html`<button type="button" class=${look} aria-label=${name ?? nothing} title=${reason || name || nothing}
      aria-pressed=${pressed === undefined ? nothing : String(pressed)} aria-disabled=${whyNot ? 'true' : nothing} aria-describedby=${whyNot ? `why-${id}` : nothing} @click=${click}>${label}</button>${
    whyNot ? html`<span id="why-${id}" class="visually-hidden">${reason}</span>` : nothing}`;
}
