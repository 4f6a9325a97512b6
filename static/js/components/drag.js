/**
 * Dragging rows by their handle, for mouse, pen and finger.
 */

import { Sortable } from '/static/vendor/sortablejs.js';

const ANIMATION_MS = 140;
const SCROLL_EDGE_PX = 60;
const TOLERANCE_PX = 4;

/**
 * @param {HTMLElement} rows
 * @param {{started: () => void, dropped: (id: string, place: number) => void}} tell `place` is counted from 1
 */
export function makeDraggable(rows, { started, dropped }) {
  /** @type {ChildNode|null} */
  let next = null;
  return Sortable.create(rows, {
    handle: '.grip',
    forceFallback: true,
    fallbackTolerance: TOLERANCE_PX,
    scrollSensitivity: SCROLL_EDGE_PX,
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ANIMATION_MS,
    onStart: ({ item }) => {
      next = item.nextSibling;
      started();
    },
    onEnd: ({ item, newIndex = 0 }) => {
      // Lit owns the order of the nodes: put the row back, and let the new order render.
      rows.insertBefore(item, next);
      dropped(item.dataset.id ?? '', newIndex + 1);
    },
  });
}
