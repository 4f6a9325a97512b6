/**
 * What the outbox knows of its commands: which may go while others wait, and which make others needless.
 *
 * Commands about one note or one recommendation go one at a time, in order, and none before the one that makes what it
 * names. Revisions carry the version that they replace: the next one carries the version that the answer to the one before gave.
 */

/** @typedef {import('../lib/wire.js').Command} Command */
/** @typedef {import('../lib/wire.js').Answer} Answer */
/** @typedef {{command: Command, sent: boolean, tries: number}} Kept */
/** Makes one of what was typed earlier and later, where it can. @typedef {(earlier: any, later: any) => Record<string, unknown>|null} InOne */

const MAKE = new Set(['note.add', 'recommendation.propose']);
const TYPE = 'note.text';
const REVISE = 'recommendation.revise';
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
 * Return those of `entries` that need not be sent once `newest` is: earlier answers to the same poll that are not under way;
 * an earlier position on the same recommendation that was never sent; what was typed into the same note before and was never
 * sent, as long as nothing else was done to the note since.
 * @template {Kept} T
 * @param {Command} newest
 * @param {T[]} entries
 * @returns {T[]}
 */
export function overtaken({ type, data }, entries) {
  if (type === 'poll.vote') return entries.filter(({ command: each, sent }) => !sent && each.type === type && each.data.poll === data.poll);
  if (type === 'recommendation.position') return entries.filter(({ command: each, tries }) => !tries && each.type === type && subjectOf(each) === data.recommendation && each.data.person === data.person);
  const last = type === TYPE ? entries.findLast(({ command }) => subjectOf(command) === data.note) : undefined;
  return last?.command.type === TYPE && !last.tries ? [last] : [];
}

/**
 * Return `newest` with what it overtakes in it, or null where the two cannot be one command.
 * @param {Command} newest
 * @param {Kept[]} earlier
 * @param {InOne} inOne
 * @returns {Command|null}
 */
export function continued(newest, [earlier], inOne) {
  if (newest.type !== TYPE || !earlier) return newest;
  const data = inOne(earlier.command.data, newest.data);
  return data && { ...newest, data: { ...newest.data, ...data } };
}

/**
 * Say whether `later` is a revision that is counted from what `command` makes or revises.
 * @param {Command} later
 * @param {Command} command
 */
export function follows(later, command) {
  return later !== command && later.type === REVISE && subjectOf(command) === subjectOf(later);
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
  return type === REVISE ? { ...later, expect: { version: Number(result?.version ?? expect?.version) } } : later;
}
