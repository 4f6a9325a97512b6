/**
 * Finds people by a few typed letters, in any script, with or without accents.
 */

/** @typedef {import('./wire.js').Person} Person */

const MOST = 30;

/** @param {string|null|undefined} text lower case and without marks, for comparison only */
export function folded(text) {
  return (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Return the `people` in whose name, Latin name or organisation every word of `query` begins a
 * word, or at least occurs; the closest first.
 * @param {Person[]} people
 * @param {string} query
 */
export function findPeople(people, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return people
    .map((person) => ({ person, score: score(person, words) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.person.name.localeCompare(b.person.name))
    .slice(0, MOST)
    .map((found) => found.person);
}

/** @param {Person} person @param {string[]} words */
function score(person, words) {
  const name = ` ${folded(person.name)} ${folded(person.latin_name)}`;
  const organisation = ` ${folded(person.organisation)}`;
  let sum = 0;
  for (const word of words) {
    const each = wordScore(name, word) * 2 || wordScore(organisation, word);
    if (!each) return 0;
    sum += each;
  }
  return sum;
}

/** @param {string} text @param {string} word */
function wordScore(text, word) {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return beginsWord(text, word) ? 2 : 1;
}

/** @param {string} text @param {string} word */
function beginsWord(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')) return true;
  }
  return false;
}
