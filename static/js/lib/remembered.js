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
