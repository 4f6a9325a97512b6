/**
 * Notes and recommendations as their writer means them: the map, with what has not reached the server yet laid over it.
 */

/** @typedef {import('./wire.js').Command} Command */
/** @typedef {import('./wire_documents.js').Note} Note */
/** @typedef {import('./wire_documents.js').Recommendation} Recommendation */

/** After every rank that the server gives: a note that was just added stands last. */
const LAST = '~';

/**
 * Return `notes` with `commands` carried out, oldest first. Where an unsent move puts a note is left to the server.
 * @param {Note[]} notes
 * @param {Command[]} commands
 * @param {{author: string, at: string}} now
 * @returns {Note[]}
 */
export function withPending(notes, commands, { author, at }) {
  const result = new Map(notes.map((note) => [note.id, note]));
  for (const [index, { type, data }] of commands.entries()) {
    const id = String(data.note ?? '');
    const note = result.get(id);
    if (type === 'note.add' && !note) result.set(id, added(data, { author, at, rank: `${LAST}${String(index).padStart(5, '0')}` }));
    else if (type === 'note.remove') result.delete(id);
    else if (note && CHANGES[type]) result.set(id, { ...note, ...CHANGES[type](data), unsaved: true });
  }
  return [...result.values()];
}

/** @type {Record<string, (data: Record<string, any>) => Partial<Note>>} */
const CHANGES = {
  'note.add': ({ text }) => ({ text: text ?? '' }),
  'note.text': () => ({}),
  'note.mark': ({ note: _note, ...marks }) => marks,
  'note.release': ({ released }) => ({ released }),
  'note.move': () => ({}),
};

/** @param {Record<string, any>} data @param {{author: string, at: string, rank: string}} more @returns {Note} */
function added(data, { author, at, rank }) {
  return {
    id: data.note, kind: data.kind, text: data.text ?? '', version: 0, rank, intervention: data.intervention ?? null, group: data.group ?? null,
    attribution: data.attribution ?? 'none', added_at: at, written_at: at, author, released: false, unsaved: true,
  };
}

/**
 * Return `recommendations` with the unsent proposals and revisions among `commands`.
 * @param {Recommendation[]} recommendations
 * @param {Command[]} commands
 * @param {string} at
 * @returns {Recommendation[]}
 */
export function withPendingTexts(recommendations, commands, at) {
  const result = new Map(recommendations.map((each) => [each.id, each]));
  for (const { type, data: sent } of commands) {
    const data = /** @type {Record<string, any>} */ (sent);
    const id = String(data.recommendation ?? '');
    const before = result.get(id);
    if (type === 'recommendation.propose' && !before) result.set(id, proposed(data, at));
    else if (type === 'recommendation.revise' && before) {
      const previous = before.version ? { version: before.version, text: before.text } : null;
      result.set(id, { ...before, text: data.text, title: data.title ?? before.title, addressees: data.addressees ?? before.addressees, previous, unsaved: true });
    }
  }
  return [...result.values()];
}

/** @param {Record<string, any>} data @param {string} at @returns {Recommendation} */
function proposed(data, at) {
  return {
    id: data.recommendation, symbol: '', title: data.title ?? '', text: data.text, version: 0, status: 'proposed', addressees: data.addressees ?? [], group: null,
    previous: null, proposed_at: at, revised_at: at, brought_from: null, note: data.note ?? null, unsaved: true,
  };
}
