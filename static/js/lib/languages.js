/**
 * The languages that a page is not in. A page that has no room for them keeps its links to them hidden, for a menu.
 */

/** @returns {{label: string, lang: string, line: boolean, run: () => void}[]} as items of a menu */
export function otherLanguages() {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('.languages a')]);
  return links.map(({ textContent, lang, href }, index) => ({
    label: textContent ?? '', lang, line: !index, run: () => location.assign(href),
  }));
}
