/**
 * The reader's language: gettext for the screens.
 *
 * A catalogue is `{language, plurals: {plural category: index}, messages: {msgid: text | [plurals]}}`,
 * made at build time; English needs none.
 */

/** @typedef {{language: string, plurals: Record<string, number>, messages: Record<string, string|string[]>}} Catalogue */
/** @typedef {Record<string, string|number>} Values */

/** @type {Catalogue} */
const ENGLISH = { language: 'en', plurals: { one: 0, other: 1 }, messages: {} };

let catalogue = ENGLISH;

/** Of the catalogue's language, made when it is first needed. @type {Intl.PluralRules|null} */
let plurals = null;

/**
 * Return `msgid` in the reader's language, with `{name}` replaced by the value of that name.
 * @param {string} msgid
 * @param {Values} [values]
 */
export function _(msgid, values) {
  const found = catalogue.messages[msgid];
  return fill(typeof found === 'string' && found ? found : msgid, values);
}

/**
 * Return the form that fits `n`; `{n}` stands for the number.
 * @param {string} singular
 * @param {string} plural
 * @param {number} n
 * @param {Values} [values]
 */
export function ngettext(singular, plural, n, values) {
  const found = catalogue.messages[singular];
  plurals ??= new Intl.PluralRules(catalogue.language);
  const category = plurals.select(n);
  const text = Array.isArray(found) ? found[catalogue.plurals[category] ?? found.length - 1] : '';
  return fill(text || (n === 1 ? singular : plural), { n, ...values });
}

/** The language of the page, as in its `<html lang>`. */
export function readerLanguage() {
  return catalogue.language;
}

/** @param {Catalogue} messages used for everything said from now on */
export function useCatalogue(messages) {
  plurals = null;
  catalogue = { ...messages, language: messages.language.replace('_', '-') };
}

/**
 * Fetch the catalogue of `lang`; without one the screens stay readable, in English.
 * @param {string} lang
 */
export async function loadCatalogue(lang) {
  if (lang === 'en') return;
  useCatalogue({ ...ENGLISH, language: lang });
  const answer = await fetch(`/static/i18n/${encodeURIComponent(lang)}.json`).catch(() => null);
  if (answer?.ok) useCatalogue(await answer.json());
}

/** @param {string} text @param {Values} [values] */
function fill(text, values) {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
}
