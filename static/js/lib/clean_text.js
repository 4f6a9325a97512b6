/**
 * Text as the server takes it: without what nobody can see and what could make it read otherwise than it is written.
 */

export const LONGEST_NOTE = 20_000;

/** What `companion/text.py` calls hazards; the halves are those that stand alone. */
const HAZARDS = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
const LINE_ENDS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;

/** A first text is at most so long: it fits into one message whatever its letters are. */
const LONGEST_FIRST = 8_000;
const TRAILING_WHITE = /[^\S\n]+(?=\n|$)/g;
const EDGES = /^[ \t\n\u00a0\u200b\u200e\u200f\u2060\u061c]+|[ \t\n\u00a0\u200b\u200e\u200f\u2060\u061c]+$/g;
/** Hangul fillers and the empty Braille cell count as letters, and show nothing. */
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0]/;

/** @param {string} text */
export function cleaned(text) {
  return text.replaceAll(LINE_ENDS, '\n').replaceAll(HAZARDS, '');
}

/** Whether a text is longer than the server takes, which counts characters. @param {string} text */
export function isTooLong(text) {
  return text.length > LONGEST_NOTE && [...text].length > LONGEST_NOTE;
}

/**
 * Return what of a clean text a note can be made with: what the server keeps letter by letter, or ''. Both must begin with the
 * very same text; the rest is typed into it.
 * @param {string} text
 */
export function firstText(text) {
  const first = text.slice(0, LONGEST_FIRST).replace(/[\ud800-\udbff]$/, '').replaceAll(TRAILING_WHITE, '').replaceAll(EDGES, '');
  const stays = !/\p{M}/u.test(first) && first.normalize('NFC') === first && !BLANKS.test(first);
  return stays && /[\p{L}\p{N}]/u.test(first) ? first : '';
}
