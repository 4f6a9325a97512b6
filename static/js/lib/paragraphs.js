/**
 * Splits a text that was handed in into what can be a note each.
 */

/**
 * Return the paragraphs of `text`: divided by blank lines, or, where it has none, by line breaks.
 * @param {string} text
 */
export function paragraphsOf(text) {
  const whole = text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').trim();
  const byBlankLines = whole.split(/\n[^\S\n]*\n\s*/);
  const parts = byBlankLines.length > 1 ? byBlankLines : whole.split('\n');
  return parts.map((part) => part.trim()).filter(Boolean);
}
