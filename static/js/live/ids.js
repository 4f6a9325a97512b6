/**
 * Ids that this client makes. `crypto.randomUUID` is missing over plain HTTP, `getRandomValues` is not.
 */

const BYTES = 16;

/** Return 22 characters of `A–Z a–z 0–9 _ -` that nobody else will make. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
