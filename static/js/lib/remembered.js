/**
 * What a person typed last when asking for the floor, kept on this device so that it need not be typed again.
 */

/** @typedef {{kind?: string, topic?: string, on_behalf_of?: string, language?: string}} Draft */

/** @param {string} person */
const place = (person) => `companion:request:${person}`;

/**
 * @param {string} person
 * @returns {Draft}
 */
export function recall(person) {
  try {
    return JSON.parse(localStorage.getItem(place(person)) ?? '{}');
  } catch {
    return {};
  }
}

/**
 * @param {string} person
 * @param {Draft} draft
 */
export function remember(person, draft) {
  try {
    localStorage.setItem(place(person), JSON.stringify(draft));
  } catch {
    // A private window may refuse to keep anything; then there is nothing to recall either.
  }
}

/** @param {string} request */
const textPlace = (request) => `companion:text:${request}`;

/**
 * Return the text that was being written for a request and has not been handed in.
 * @param {string} request
 */
export function recallText(request) {
  try {
    return localStorage.getItem(textPlace(request));
  } catch {
    return null;
  }
}

/**
 * @param {string} request
 * @param {string|null} text null once it has been handed in
 */
export function rememberText(request, text) {
  try {
    if (text === null) localStorage.removeItem(textPlace(request));
    else localStorage.setItem(textPlace(request), text);
  } catch {
    // Then what is written lasts as long as the page.
  }
}
