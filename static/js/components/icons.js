/**
 * The few signs that the screens use. Each stands beside words, so none is read aloud.
 */

import { html } from '/static/vendor/lit.js';

export const plusIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 4v12M4 10h12"/></svg>`;
export const undoIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="M7 4 3.5 7.5 7 11"/><path d="M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8"/></svg>`;
export const moreIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="M5 10h.01M10 10h.01M15 10h.01" stroke-width="2.6"/></svg>`;
export const checkIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="m4.5 10.5 3.5 3.5 7.5-8"/></svg>`;
export const goIcon = html`<svg class="mark turns" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10h12M11 5l5 5-5 5"/></svg>`;
export const backIcon = html`<svg class="mark turns" viewBox="0 0 20 20" aria-hidden="true"><path d="M16 10H4M9 5l-5 5 5 5"/></svg>`;
export const pauseIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="M7 5v10M13 5v10" stroke-width="2.2"/></svg>`;
export const playIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="M7 4.5v11l8.5-5.5z"/></svg>`;
export const closeIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="m5 5 10 10M15 5 5 15"/></svg>`;
export const downIcon = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 8 4.5 4.5L14.5 8"/></svg>`;
