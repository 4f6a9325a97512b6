/**
 * The map that this screen shows: keys and values as the server sent them, never edited here.
 *
 * Subscribers are told once per patch, with the keys that changed among those they asked for.
 */

/** @typedef {import('../lib/wire.js').Patch} Patch */
/** @typedef {(changed: Set<string>) => void} Subscriber */

export class SessionMap {
  /** Values by family (`request/`, or the whole key where it has none), so that a family is read without a scan.
   * @type {Map<string, Map<string, any>>} */
  #families = new Map();

  /** Those that were asked for since they changed last. @type {Map<string, readonly any[]>} */
  #listed = new Map();

  /** @type {Map<Subscriber, string[]>} */
  #subscribers = new Map();

  /** @param {string} key */
  get(key) {
    return this.#families.get(familyOf(key))?.get(key);
  }

  /**
   * Return the values of a family: `values('request/')`; the same array as long as nothing in it changes.
   * @param {string} prefix
   * @returns {readonly any[]}
   */
  values(prefix) {
    const listed = this.#listed.get(prefix) ?? [...(this.#families.get(prefix)?.values() ?? [])];
    this.#listed.set(prefix, listed);
    return listed;
  }

  /** @param {Record<string, any>} snapshot what is true instead of everything before */
  replace(snapshot) {
    const changed = new Set(Object.keys(snapshot));
    for (const family of this.#families.values()) for (const key of family.keys()) changed.add(key);
    this.#families.clear();
    this.#listed.clear();
    for (const [key, value] of Object.entries(snapshot)) this.#set(key, value);
    this.notify(changed);
  }

  /** @param {Pick<Patch, 'set'|'unset'>[]} patches applied in order, announced together */
  apply(...patches) {
    /** @type {Set<string>} */
    const changed = new Set();
    for (const { set, unset } of patches) {
      for (const [key, value] of Object.entries(set ?? {})) {
        this.#set(key, value);
        changed.add(key);
      }
      for (const key of unset ?? []) {
        this.#families.get(familyOf(key))?.delete(key);
        this.#listed.delete(familyOf(key));
        changed.add(key);
      }
    }
    this.notify(changed);
  }

  /**
   * Call `subscriber` whenever a key changes that is one of `prefixes`, or, for one that ends in
   * a slash, begins with it; with none, whenever anything changes. Returns what ends it.
   * @param {Subscriber} subscriber
   * @param {string[]} prefixes
   */
  subscribe(subscriber, ...prefixes) {
    this.#subscribers.set(subscriber, prefixes);
    return () => void this.#subscribers.delete(subscriber);
  }

  /** @param {Set<string>} changed */
  notify(changed) {
    if (!changed.size) return;
    for (const [subscriber, prefixes] of [...this.#subscribers]) {
      const wanted = prefixes.length ? among(changed, prefixes) : changed;
      if (wanted) subscriber(wanted);
    }
  }

  /** @param {string} key @param {any} value */
  #set(key, value) {
    const name = familyOf(key);
    const family = this.#families.get(name) ?? new Map();
    family.set(key, value);
    this.#families.set(name, family);
    this.#listed.delete(name);
  }
}

/** @param {string} key */
function familyOf(key) {
  return key.slice(0, key.lastIndexOf('/') + 1) || key;
}

/** Return those of `keys` that `prefixes` cover, or null if there are none. @param {Set<string>} keys @param {string[]} prefixes */
function among(keys, prefixes) {
  /** @type {Set<string>|null} */
  let found = null;
  for (const key of keys) if (prefixes.some((prefix) => covers(prefix, key))) (found ??= new Set()).add(key);
  return found;
}

/** @param {string} prefix @param {string} key */
function covers(prefix, key) {
  return prefix.endsWith('/') ? key.startsWith(prefix) : key === prefix;
}
