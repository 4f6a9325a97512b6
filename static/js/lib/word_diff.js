/**
 * What changed between two versions of a text, in words.
 */

/** @typedef {{kind: 'same'|'removed'|'added', text: string}} Piece */

/** Past this many words in what differs, the change is shown as a whole: the table would grow too large. */
const MOST_WORDS = 1_500;

/**
 * Return the pieces of `before` and `after` in reading order; what was removed stands before what took its place.
 * Joining all but the added gives `before`, all but the removed `after`.
 * @param {string} before
 * @param {string} after
 * @returns {Piece[]}
 */
export function wordDiff(before, after) {
  const [a, b] = [words(before), words(after)];
  const head = commonLength(a, b);
  const tail = commonLength(a.slice(head).reverse(), b.slice(head).reverse());
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  const long = middleA.length > MOST_WORDS || middleB.length > MOST_WORDS;
  const middle = long ? [piece('removed', middleA), piece('added', middleB)] : aligned(middleA, middleB);
  return joined([piece('same', a.slice(0, head)), ...middle, piece('same', a.slice(a.length - tail))]);
}

/** Words, each with the white space and punctuation around it apart; scripts without spaces character by character. @param {string} text */
function words(text) {
  return text.match(/\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}’'_-]+|[^]/gu) ?? [];
}

/** @param {string[]} a @param {string[]} b */
function commonLength(a, b) {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

/** By the longest common subsequence. @param {string[]} a @param {string[]} b @returns {Piece[]} */
function aligned(a, b) {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {Piece[]} */
  const pieces = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      pieces.push({ kind: 'removed', text: a[i] });
      i += 1;
    } else {
      pieces.push({ kind: 'added', text: b[j] });
      j += 1;
    }
  }
  return pieces;
}

/** @param {Piece['kind']} kind @param {string[]} parts @returns {Piece} */
function piece(kind, parts) {
  return { kind, text: parts.join('') };
}

/**
 * Neighbours of one kind as one piece. A lone space between two changes belongs to both, so that a changed phrase reads as one.
 * @param {Piece[]} pieces
 */
function joined(pieces) {
  /** @type {Piece[]} */
  const result = [];
  let [removed, added] = ['', ''];
  const settle = () => {
    if (removed) result.push({ kind: 'removed', text: removed });
    if (added) result.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const [index, { kind, text }] of pieces.entries()) {
    if (!text) continue;
    const changing = Boolean(removed || added);
    const next = pieces.slice(index + 1).find((each) => each.text);
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (changing && /^\s+$/.test(text) && next && next.kind !== 'same') {
      removed += text;
      added += text;
    } else {
      settle();
      const last = result.at(-1);
      if (last?.kind === 'same') last.text += text;
      else result.push({ kind, text });
    }
  }
  settle();
  return result;
}
