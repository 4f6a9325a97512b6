import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withPending, withPendingTexts } from '../../static/js/lib/pending_notes.js';

const NOW = { author: 'p3', at: '2026-10-18T10:00:00.000Z' };

/** @param {string} id @param {object} [more] @returns {any} */
const note = (id, more = {}) => ({ id, kind: 'gap', text: 'As saved', version: 2, rank: 'a', intervention: 'i.1', group: null, attribution: 'none', author: 'p3', released: false, ...more });

/** @param {string} type @param {object} data @returns {any} */
const command = (type, data) => ({ id: 'c', type, data });

test('without commands the notes are the very same, so that nothing is rendered anew', () => {
  const saved = note('n.1');
  assert.equal(withPending([saved], [], NOW)[0], saved);
});

test('a note that only the outbox has is there, last, with all that was done to it since', () => {
  const commands = [
    command('note.add', { note: 'new', kind: 'gap', text: 'Fir', intervention: 'i.1' }), command('note.text', { note: 'new', update: 'AAA=' }),
    command('note.mark', { note: 'new', kind: 'challenge', attribution: 'group' }), command('note.release', { note: 'new', released: true }),
  ];
  const [first, last] = withPending([note('n.1', { rank: 'zzz' })], commands, NOW);
  assert.equal(first.id, 'n.1');
  assert.deepEqual([last.text, last.kind, last.attribution, last.intervention, last.released, last.version, last.unsaved], ['Fir', 'challenge', 'group', 'i.1', true, 0, true]);
  assert.ok(last.rank > 'zzz');
});

test('a note that something unsent was typed into is unsaved, and what was not touched stays', () => {
  const [changed, other] = withPending([note('n.1'), note('n.2')], [command('note.text', { note: 'n.1', update: 'AAA=' })], NOW);
  assert.deepEqual([changed.text, changed.unsaved, changed.kind, other.unsaved], ['As saved', true, 'gap', undefined]);
});

test('what was removed is gone, what is about nothing known is passed over, and a text of somebody else does not come back', () => {
  const commands = [command('note.remove', { note: 'n.1' }), command('note.text', { note: 'n.1', update: 'AAA=' }), command('floor.request', { kind: 'statement' })];
  assert.deepEqual(withPending([note('n.1')], commands, NOW), []);
});

test('unsent proposals and revisions of recommendations show, with the version before', () => {
  /** @type {any} */
  const standing = { id: 'r.1', symbol: 'R1.1', title: 'T', text: 'Old', addressees: ['states'], version: 3, previous: { version: 2, text: 'Older' } };
  const commands = [command('recommendation.revise', { recommendation: 'r.1', text: 'New', title: 'T' }), command('recommendation.propose', { recommendation: 'r.2', text: 'Another', note: 'n.1', addressees: ['OHCHR'] })];
  const [revised, proposed] = withPendingTexts([standing], commands, NOW.at);
  assert.deepEqual([revised.text, revised.addressees, revised.previous, revised.unsaved], ['New', ['states'], { version: 3, text: 'Old' }, true]);
  const readdressed = command('recommendation.revise', { recommendation: 'r.1', text: 'New', addressees: [] });
  assert.deepEqual(withPendingTexts([standing], [readdressed], NOW.at)[0].addressees, []);
  assert.deepEqual(proposed.addressees, ['OHCHR']);
  assert.deepEqual([proposed.text, proposed.status, proposed.note, proposed.unsaved], ['Another', 'proposed', 'n.1', true]);
});
