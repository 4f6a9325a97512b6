/**
 * Writes a text that changes often.
 */

/**
 * Write `text` as all that stands in `element`. Where a text stands there already, only its letters are changed: another
 * text node would be styled anew, and what is around it with it.
 * @param {Element} element
 * @param {string} text
 */
export function writeText(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}
