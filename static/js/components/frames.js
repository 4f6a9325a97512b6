/**
 * Spreads rendering over frames: where a patch changes much, a part of it is drawn in each, and whoever drags or taps
 * meanwhile does not wait for the rest.
 */

/** A part that took no longer changed little: another one may come after it in the same frame. */
const TRIFLE_MS = 0.15;

/** As long as a frame lasts on most screens. */
const FRAME_MS = 1_000 / 60;

/** @type {(() => void)[]} */
const waiting = [];

/** Whether the next part has its frame already: what is rendered may ask for more, and one frame draws one part. */
let asked = false;

/** The id of the frame that has been asked for. */
let frame = 0;

/**
 * Run `render` in one of the next frames, in the order of asking or, with `first`, before what waits already (the one that
 * asked last before the others); on a page that nobody sees, at once.
 * @param {() => void} render
 * @param {{first?: boolean}} [turn]
 * @returns {Promise<void>} done when it has run
 */
export function inItsFrame(render, { first = false } = {}) {
  if (document.hidden) return Promise.resolve(render());
  return new Promise((resolve, reject) => {
    waiting[first ? 'unshift' : 'push'](() => {
      try {
        resolve(render());
      } catch (error) {
        reject(error);
      }
    });
    if (!asked) afterThis(performance.now());
    asked = true;
  });
}

/** What is done just now, such as reading a patch, is enough for one frame: begin when it has passed. @param {number} since */
function afterThis(since) {
  frame = requestAnimationFrame((now) => (now - since < FRAME_MS ? afterThis(since) : drawSome()));
}

function drawSome() {
  cancelAnimationFrame(frame);
  const until = performance.now() + TRIFLE_MS;
  do waiting.shift()?.(); while (waiting.length && (performance.now() < until || document.hidden));
  asked = waiting.length > 0;
  if (asked) frame = requestAnimationFrame(drawSome);
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) drawSome();
});
