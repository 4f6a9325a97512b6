/**
 * Dragging rows by their handle, for mouse, pen and finger.
 *
 * What is dragged is a picture of the row above the page, and a line says where it would go: the list itself stays as it
 * is, so that no frame waits for the layout of its rows. Libraries for sorting move the rows themselves, and want all of
 * them on the page. The picture is made, unseen, when the finger comes down, so that the first frame of a drag only shows it.
 */

/** @typedef {{started: (id: string) => void, dropped: (id: string, place: number) => void, ended: () => void}} Tell `place` is counted from 1 */
/** @typedef {{layer: HTMLElement, ghost: HTMLElement, line: HTMLElement, entry: HTMLElement, list: HTMLElement, scroller: Element, top: number}} Picture of a row that stood at `top` */
/** @typedef {{id: string, pointer: number, from: number, y: number} & Picture} Held */
/** @typedef {{ids: () => string[], row: () => number|null}} Order the ids in their order; the height of rows where all have one */

const TOLERANCE_PX = 4;
const EDGE_PX = 60;
const FASTEST_PX = 10;

export class RowDrag {
  #host;

  #order;

  #tell;

  /** What the finger is on. @type {Held|null} */
  #held = null;

  #dragging = false;

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
      if (event.key === 'Escape' && this.#dragging) this.#end(false);
    });
  }

  /** Give up what is being dragged. */
  stop() {
    this.#end(false);
  }

  /** @param {PointerEvent} event */
  #down({ target, pointerId: pointer, clientY: y, button }) {
    const entry = target instanceof Element && target.closest('.grip') ? entryOf(target) : null;
    if (!entry || button !== 0) return;
    this.#end(false);
    this.#held = { id: entry.dataset.id ?? '', pointer, from: y, y, ...this.#picture(entry) };
  }

  /** @param {PointerEvent} event */
  #moved({ pointerId, clientY }) {
    const held = this.#held;
    if (!held || pointerId !== held.pointer) return;
    held.y = clientY;
    if (!this.#dragging && Math.abs(held.y - held.from) > TOLERANCE_PX) this.#start(held);
    if (this.#dragging && !this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Where the finger left is where the row goes, also where no frame has been drawn since it moved. @param {PointerEvent} event */
  #released({ pointerId, clientY }) {
    if (this.#held?.pointer === pointerId) this.#held.y = clientY;
    this.#end(true);
  }

  /** @param {HTMLElement} entry @returns {Picture} */
  #picture(entry) {
    const list = /** @type {HTMLElement} */ (entry.closest('.rows'));
    const { left, top, width, height } = entry.getBoundingClientRect();
    const scroller = scrollerOf(list);
    const ghost = /** @type {HTMLElement} */ (entry.cloneNode(true));
    ghost.classList.add('ghost');
    const line = document.createElement('div');
    line.className = 'drop-line';
    const layer = document.createElement('div');
    layer.className = 'drag-layer';
    layer.inert = true;
    layer.popover = 'manual';
    for (const [name, value] of Object.entries({ x: left, inline: width, block: height })) layer.style.setProperty(`--${name}`, `${value}px`);
    layer.append(ghost, line);
    this.#host.append(layer);
    layer.showPopover();
    return { layer, ghost, line, entry, list, scroller, top };
  }

  /** @param {Held} held */
  #start({ id, pointer, layer, entry }) {
    this.#dragging = true;
    layer.toggleAttribute('data-seen', true);
    entry.toggleAttribute('data-dragged', true);
    this.#host.setPointerCapture(pointer);
    this.#tell.started(id);
  }

  /** Everything is read before anything is written: at the beginning of a frame the layout stands. */
  #draw() {
    this.#frame = 0;
    const held = this.#held;
    if (!held) return;
    const { sight, edge } = this.#target(held);
    place(held.ghost, held.top + held.y - held.from);
    place(held.line, Math.max(sight.top, Math.min(edge, sight.bottom - 1)));
    const speed = pull(held.y, sight);
    if (!speed) return;
    held.scroller.scrollBy(0, speed);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /**
   * Return before which of the others it would go, and where the line is drawn.
   * @param {Held} held
   */
  #target({ y, list, scroller }) {
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
    const [held, dragging] = [this.#held, this.#dragging];
    cancelAnimationFrame(this.#frame);
    [this.#held, this.#dragging, this.#frame] = [null, false, 0];
    held?.layer.remove();
    if (!held || !dragging) return;
    held.entry.removeAttribute('data-dragged');
    const from = this.#order.ids().indexOf(held.id);
    if (dropped && from >= 0) {
      const { before } = this.#target(held);
      this.#tell.dropped(held.id, before > from ? before : before + 1);
    }
    this.#tell.ended();
  }
}

/** Not by a custom property, of which the style would be worked out anew at each step. @param {HTMLElement} element @param {number} y */
function place(element, y) {
  element.style.transform = `translateY(${y}px)`;
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
