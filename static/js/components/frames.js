/**
 * Spreads rendering over frames: where a patch changes much on a slow device, a part of it is drawn in each, and
 * whoever drags or taps meanwhile does not wait for the rest.
 */

/** What may be rendered in one frame; layout and paint come on top of it. */
const BUDGET_MS = 3;
/** While something is dragged every frame is drawn: a few that hold more disturb it less than many that hold a little. */
const BUDGET_DRAGGING_MS = 12;

let budget = BUDGET_MS;

/** @type {(() => void)[]} */
const waiting = [];

/**
 * Run `render` in one of the next frames, in the order of asking; on a page that nobody sees, at once.
 * @param {() => void} render
 * @returns {Promise<void>} done when it has run
 */
export function inItsFrame(render) {
  if (document.hidden) return Promise.resolve(render());
  return new Promise((resolve, reject) => {
    waiting.push(() => {
      try {
        resolve(render());
      } catch (error) {
        reject(error);
      }
    });
    if (waiting.length === 1) requestAnimationFrame(drawSome);
  });
}

/** @param {boolean} dragging whether something is dragged from now on */
export function drawWhileDragging(dragging) {
  budget = dragging ? BUDGET_DRAGGING_MS : BUDGET_MS;
}

function drawSome() {
  const until = performance.now() + budget;
  do waiting.shift()?.(); while (waiting.length && (performance.now() < until || document.hidden));
  if (waiting.length) requestAnimationFrame(drawSome);
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) drawSome();
});
