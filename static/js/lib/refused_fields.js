/**
 * Refusals of a form, in words beside the field that they are about.
 *
 * A form marks the place of each sentence with `data-refused="<field>"`, and one for everything else with
 * `data-refused="form"`.
 */

/**
 * Say `sentence` beside `field`, mark the field as wrong and go there.
 * @param {HTMLFormElement} form
 * @param {string} field
 * @param {string} sentence
 */
export function refuse(form, field, sentence) {
  say(form, field, sentence)?.focus();
}

/**
 * Say `sentence` beside `field` and mark the field as wrong; return it.
 * @param {HTMLFormElement} form
 * @param {string} field
 * @param {string} sentence
 */
export function say(form, field, sentence) {
  const place = form.querySelector(`[data-refused="${CSS.escape(field)}"]`) ?? form.querySelector('[data-refused="form"]');
  if (place) place.textContent = sentence;
  const input = form.elements.namedItem(field);
  const first = input instanceof RadioNodeList ? input[0] : input;
  if (!(first instanceof HTMLElement)) return null;
  first.setAttribute('aria-invalid', 'true');
  return first;
}

/**
 * Take away what was said about `field`, or about all of them.
 * @param {HTMLFormElement} form
 * @param {string} [field]
 */
export function clearRefusals(form, field) {
  for (const place of form.querySelectorAll('[data-refused]')) {
    const about = place.getAttribute('data-refused');
    if (field && about !== field && about !== 'form') continue;
    place.textContent = '';
  }
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    if (!field || input.getAttribute('name') === field) input.removeAttribute('aria-invalid');
  }
}

/**
 * Return the filled-in fields of `form`, trimmed, without those left empty.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function filledIn(form) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (text) fields[name] = text;
  }
  return fields;
}
