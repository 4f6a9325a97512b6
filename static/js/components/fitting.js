/**
 * Makes a field as high as its text, where the browser does not do so by itself.
 */

const BY_ITSELF = CSS.supports('field-sizing', 'content');

/** @param {HTMLTextAreaElement} field */
export function fitToText(field) {
  if (BY_ITSELF) return;
  field.style.setProperty('--height', 'auto');
  field.style.setProperty('--height', `${field.scrollHeight}px`);
}
