/**
 * Dragging rows by their handle, for mouse, pen and finger.
 *
 * What is dragged is a picture of the row above the page, and a line says where it would go: the list itself stays as it
 * is, so that no frame waits for the layout of its rows. Libraries for sorting move the rows themselves, and want all of
 * them on the page.
 */

import { drawWhileDragging } from './frames.js';

/** @typedef {{started: (id: string) => void, dropped: (id: string, place: number) => void, ended: () => void}} Tell `place` is counted from 1 */
/** @typedef {{ids: () => string[], row: () => number|null}} Order the ids in their order; the height of rows where all have one */

const TOLERANCE_PX = 4;
const EDGE_PX = 60;
const FASTEST_PX = 10;

export class RowDrag {
  #host;

  #order;

  #tell;

  /** @type {{id: string, pointer: number, x: number, from: number, y: number}|null} what the finger is on */
  #held = null;

  /** @type {{ghost: HTMLElement, line: HTMLElement, list: HTMLElement, scroller: Element, top: number}|null} */
  #drag = null;

  #frame = 0;

  /** @param {HTMLElement} host @param {Order} order @param {Tell} tell */
  constructor(host, order, tell) {
    this.#host = host;
    this.#order = order;
    this.#tell = tell;
    host.addEventListener('pointerdown', (event) => this.#down(event));
    host.addEventListener('pointermove', (event) => this.#moved(event));
    host.addEventListener('pointerup', (event) => this.#released(event));
    host.addEventListener('pointercancel', () => this.#end(false));
    host.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#drag) this.#end(false);
    });
  }

  /** Give up what is being dragged. */
  stop() {
    this.#end(false);
  }

  /** @param {PointerEvent} event */
  #down({ target, pointerId: pointer, clientX: x, clientY: y, button }) {
    const entry = target instanceof Element && target.closest('.grip') ? entryOf(target) : null;
    if (entry && button === 0) this.#held = { id: entry.dataset.id ?? '', pointer, x, from: y, y };
  }

  /** @param {PointerEvent} event */
  #moved({ pointerId, clientY }) {
    const held = this.#held;
    if (!held || pointerId !== held.pointer) return;
    held.y = clientY;
    if (!this.#drag && Math.abs(held.y - held.from) > TOLERANCE_PX) this.#start(held);
    if (this.#drag && !this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Where the finger left is where the row goes, also where no frame has been drawn since it moved. @param {PointerEvent} event */
  #released({ pointerId, clientY }) {
    if (this.#held?.pointer === pointerId) this.#held.y = clientY;
    this.#end(true);
  }

  /** @param {{id: string, pointer: number}} held */
  #start({ id, pointer }) {
    const entry = this.#host.querySelector(`.entry[data-id="${CSS.escape(id)}"]`);
    const list = /** @type {HTMLElement|null|undefined} */ (entry?.closest('.rows'));
    if (!(entry instanceof HTMLElement) || !list) return;
    const box = entry.getBoundingClientRect();
    const ghost = /** @type {HTMLElement} */ (entry.cloneNode(true));
    ghost.inert = true;
    ghost.classList.add('ghost');
    const line = document.createElement('div');
    line.className = 'drop-line';
    for (const each of [ghost, line]) {
      for (const [name, value] of Object.entries({ x: box.left, y: box.top, inline: box.width, block: box.height })) each.style.setProperty(`--${name}`, `${value}px`);
      each.popover = 'manual';
      this.#host.append(each);
      each.showPopover();
    }
    this.#drag = { ghost, line, list, scroller: scrollerOf(list), top: box.top };
    entry.toggleAttribute('data-dragged', true);
    this.#host.setPointerCapture(pointer);
    drawWhileDragging(true);
    this.#tell.started(id);
  }

  /** Everything is read before anything is written: at the beginning of a frame the layout stands. */
  #draw() {
    this.#frame = 0;
    const [drag, held] = [this.#drag, this.#held];
    if (!drag || !held) return;
    const { ghost, line, scroller } = drag;
    const { sight, edge } = this.#target(held.y, drag);
    ghost.style.setProperty('--y', `${drag.top + held.y - held.from}px`);
    line.style.setProperty('--y', `${Math.max(sight.top, Math.min(edge, sight.bottom - 1))}px`);
    const speed = pull(held.y, sight);
    if (!speed) return;
    scroller.scrollBy(0, speed);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /**
   * Return before which of the others it would go, and where the line is drawn.
   * @param {number} y @param {{list: HTMLElement, scroller: Element}} drag
   */
  #target(y, { list, scroller }) {
    const box = list.getBoundingClientRect();
    const sight = scroller === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
    return { sight, ...this.#placeAt(y, box, sight) };
  }

  /** @param {number} y @param {DOMRect} box @param {{top: number, bottom: number}} sight */
  #placeAt(y, box, sight) {
    const ids = this.#order.ids();
    const at = Math.max(sight.top + 1, Math.min(y, sight.bottom - 1));
    const row = this.#order.row();
    if (row) {
      const before = Math.max(0, Math.min(Math.round((at - box.top) / row), ids.length));
      return { before, edge: box.top + before * row };
    }
    if (at <= box.top) return { before: 0, edge: box.top };
    const entry = entryOf(document.elementFromPoint(box.left + box.width / 2, at));
    if (!entry || !this.#host.contains(entry)) return { before: ids.length, edge: box.bottom };
    const { top, bottom } = entry.getBoundingClientRect();
    const below = at > (top + bottom) / 2;
    return { before: ids.indexOf(entry.dataset.id ?? '') + Number(below), edge: below ? bottom : top };
  }

  /** @param {boolean} dropped */
  #end(dropped) {
    const [drag, held] = [this.#drag, this.#held];
    cancelAnimationFrame(this.#frame);
    [this.#drag, this.#held, this.#frame] = [null, null, 0];
    if (!drag || !held) return;
    drawWhileDragging(false);
    drag.ghost.remove();
    drag.line.remove();
    for (const entry of drag.list.querySelectorAll('[data-dragged]')) entry.removeAttribute('data-dragged');
    const from = this.#order.ids().indexOf(held.id);
    if (dropped && from >= 0) {
      const { before } = this.#target(held.y, drag);
      this.#tell.dropped(held.id, before > from ? before : before + 1);
    }
    this.#tell.ended();
  }
}

/** @param {Element|null} element @returns {HTMLElement|null} */
function entryOf(element) {
  return element?.closest('.entry[data-id]') ?? null;
}

/** @param {Element} list */
function scrollerOf(list) {
  for (let each = list.parentElement; each && each !== document.body; each = each.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(each).overflowY)) return each;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Return by how many pixels to scroll where the finger is near an edge. @param {number} y @param {{top: number, bottom: number}} sight */
function pull(y, { top, bottom }) {
  const near = y < top + EDGE_PX ? y - top - EDGE_PX : y > bottom - EDGE_PX ? y - bottom + EDGE_PX : 0;
  return Math.sign(near) * Math.min(FASTEST_PX, Math.abs(near) / 4);
}
