/**
 * Square brackets: what stands between them is not agreed. Those of full-width scripts mean the same.
 */

const OPENING = '[［';
const CLOSING = ']］';

/**
 * Return a text in pieces, and of each whether it stands in brackets, these included; a bracket that is never closed
 * reaches to the end, one that was never opened is no passage.
 * @param {string} text
 * @returns {{inBrackets: boolean, text: string}[]}
 */
export function passages(text) {
  const pieces = [];
  let [depth, start] = [0, 0];
  for (let place = 0; place < text.length; place += 1) {
    if (OPENING.includes(text[place])) {
      if (!depth && place > start) pieces.push({ inBrackets: false, text: text.slice(start, place) });
      if (!depth) start = place;
      depth += 1;
    } else if (CLOSING.includes(text[place]) && depth) {
      depth -= 1;
      if (depth) continue;
      pieces.push({ inBrackets: true, text: text.slice(start, place + 1) });
      start = place + 1;
    }
  }
  if (start < text.length) pieces.push({ inBrackets: depth > 0, text: text.slice(start) });
  return pieces;
}

/** @param {string} text */
export function hasBrackets(text) {
  return /[[\]［］]/.test(text);
}

/** Return a text cut at its brackets, each of them a piece of its own. @param {string} text */
export function atBrackets(text) {
  return text.split(/([[\]［］])/).filter(Boolean);
}

/**
 * Say which half of a pair of brackets is missing in a text, if one is.
 * @param {string} text
 * @returns {'opening'|'closing'|null}
 */
export function missingBracket(text) {
  let depth = 0;
  for (const letter of text) {
    if (OPENING.includes(letter)) depth += 1;
    if (CLOSING.includes(letter)) depth -= 1;
    if (depth < 0) return 'opening';
  }
  return depth ? 'closing' : null;
}
