/**
 * What the outbox knows of its commands: which may go while others wait, and which make others needless.
 *
 * Commands about one note or one recommendation go one at a time, in order, and none before the one that makes what it
 * names. Texts carry the version that they replace: the next one carries the version that the answer to the one before gave.
 */

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {{command: Command, sent: boolean, tries: number}} Kept */

const MAKE = new Set(['note.add', 'recommendation.propose']);
const VERSIONED = new Set(['note.write', 'recommendation.revise']);
const FIRST_VERSION = 1;

/**
 * Return the id of the note or recommendation that a command is about, or null.
 * @param {Command} command
 */
export function subjectOf({ type, data }) {
  const noun = type.split('.')[0];
  return noun === 'note' || noun === 'recommendation' ? /** @type {string|null} */ (data[noun] ?? null) : null;
}

/**
 * Say whether `command` may be sent while `earlier` ones are not yet answered.
 * @param {Command} command
 * @param {Command[]} earlier
 */
export function mayGo(command, earlier) {
  const subject = subjectOf(command);
  if (!subject) return true;
  const named = [subject, command.data.after, command.data.note];
  return !earlier.some((each) => subjectOf(each) === subject || (MAKE.has(each.type) && named.includes(subjectOf(each))));
}

/**
 * Return those of `entries` that need not be sent once `newest` is: earlier answers to the same poll that are not under
 * way; an earlier position on the same recommendation that was never sent; the text of the same note that was never sent, since one that was may be what the next version is counted from.
 * @template {Kept} T
 * @param {Command} newest
 * @param {T[]} entries
 * @returns {T[]}
 */
export function overtaken({ type, data }, entries) {
  if (type === 'poll.vote') return entries.filter(({ command: each, sent }) => !sent && each.type === type && each.data.poll === data.poll);
  if (type === 'recommendation.position') return entries.filter(({ command: each, tries }) => !tries && each.type === type && subjectOf(each) === data.recommendation && each.data.person === data.person);
  const last = type === 'note.write' ? entries.findLast(({ command }) => subjectOf(command) === data.note) : undefined;
  return last?.command.type === 'note.write' && !last.tries ? [last] : [];
}

/**
 * Return `newest` as it continues what it overtakes: from the version that the earlier text would have replaced.
 * @param {Command} newest
 * @param {Kept[]} earlier
 * @returns {Command}
 */
export function continued(newest, earlier) {
  if (newest.type !== 'note.write') return newest;
  const versions = [newest, ...earlier.map(({ command }) => command)].map(({ expect }) => Number(expect?.version));
  return { ...newest, expect: { version: Math.max(...versions) } };
}

/**
 * Say whether `later` is a text that is counted from what `command` makes or writes.
 * @param {Command} later
 * @param {Command} command
 */
export function follows(later, command) {
  return later !== command && VERSIONED.has(later.type) && subjectOf(command) === subjectOf(later);
}

/**
 * Return `later`, which follows `command`, as it must be sent now that `command` was answered.
 * @param {Command} command
 * @param {Answer} answer
 * @param {Command} later
 * @returns {Command}
 */
export function withVersionAfter({ type, expect }, { result }, later) {
  if (MAKE.has(type)) return { ...later, expect: { version: FIRST_VERSION } };
  // A text that says nothing new makes no version.
  return VERSIONED.has(type) ? { ...later, expect: { version: Number(result?.version ?? expect?.version) } } : later;
}
