/**
 * Spreads rendering over frames: where a patch changes much, as many parts of it are drawn in each as the device manages
 * with ease, and whoever drags or taps meanwhile does not wait for the rest.
 */

/** How long a frame may take, with its layout and painting: a third of what there is. */
const EASE_MS = 5.5;
/** A part that took no longer changed little: another one may come after it. */
const TRIFLE_MS = 0.15;
/** Of the time that a part takes, how much the latest one counts. */
const LATEST = 0.3;

/** @type {(() => void)[]} */
const waiting = [];

/** Whether the next part has its frame already: what is rendered may ask for more, and one frame draws one part. */
let asked = false;

/** How long a frame takes for each part that it draws, of late; unknown at first. */
let part = EASE_MS;

const painted = new MessageChannel();

/**
 * Run `render` in one of the next frames, in the order of asking or, with `first`, before what waits already; on a page
 * that nobody sees, at once.
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
    // The next frame comes after what is done just now, such as reading a patch: that is enough for one.
    if (!asked) requestAnimationFrame(() => requestAnimationFrame(drawFirst));
    asked = true;
  });
}

/** Only of the first frame it is seen how long it took, for that takes time itself: the message comes when it has been painted. */
function drawFirst() {
  const begun = performance.now();
  const drawn = drawSome();
  painted.port1.onmessage = () => { part += ((performance.now() - begun) / drawn - part) * LATEST; };
  painted.port2.postMessage(null);
}

function drawSome() {
  const begun = performance.now();
  let drawn = 0;
  do {
    waiting.shift()?.();
    drawn += 1;
  } while (waiting.length && (document.hidden || (drawn + 1) * part < EASE_MS || performance.now() - begun < TRIFLE_MS));
  asked = waiting.length > 0;
  if (asked) requestAnimationFrame(drawSome);
  return drawn;
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) drawSome();
});
