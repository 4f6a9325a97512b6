/**
 * Pictures that the server sends as text.
 */

/**
 * Return an address for `<img src>` that shows `svg`.
 * @param {string} svg
 */
export function pictureOf(svg) {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
