import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import {
  aboutText, answeredText, figuresText, notEligibleSentence, optionLabel, PRESETS, presetLabels, roomText, silentText, termsChip, termSentences, termsLine,
} from '../../static/js/lib/poll_words.js';
import {
  closedPolls, countsSeen, inTime, needsReason, openPolls, percentages, polledText, resultIsPublic, resultRows, textsInOrder, whyNotEligible,
} from '../../static/js/lib/polls.js';

const PROTOCOL = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');
const OPTIONS = [
  { id: 'support', label: 'Can support' }, { id: 'support_with_changes', label: 'Can support with changes' },
  { id: 'cannot_support', label: 'Cannot support' }, { id: 'abstain', label: 'Abstain' },
];

/** @param {Record<string, unknown>} more @returns {any} */
function poll(more = {}) {
  return {
    id: 'poll.1', status: 'open', recommendation: 'rec.1', version: 2, question: '', options: OPTIONS, ballot: 'recorded', unit: 'delegation', results: 'after_close',
    reasons: 'never', room: 'by_app', eligible: 31, answered: 19, opened_at: '2026-10-18T08:00:00.000Z', closed_at: null, outcome: null, ...more,
  };
}

/** @param {Record<string, unknown>} more @returns {any} */
function text(more = {}) {
  return { id: 'rec.1', symbol: 'R4', title: '', text: 'second', version: 2, status: 'proposed', previous: { version: 1, text: 'first' }, proposed_at: '1', ...more };
}

test('percentages are whole, sum to a hundred and never favour whoever has less', () => {
  assert.deepEqual([percentages([20, 6, 2, 3]), percentages([1, 1, 1]), percentages([0, 0]), percentages([])], [[65, 19, 6, 10], [34, 33, 33], [0, 0], []]);
  for (let n = 1; n < 200; n += 1) {
    const shares = percentages([n, 7, 3 * n, 1]);
    assert.equal(shares.reduce((all, each) => all + each), 100);
    assert.ok(shares[2] >= shares[0]);
  }
});

test('the numbers by app and of the hands in the room stand apart and together', () => {
  const rows = resultRows(poll({ tally: { support: 2, abstain: 1 }, room_tally: { counts: { support: 12, abstain: 5 }, present: 30 } }));
  assert.deepEqual(rows.map(({ id, app, room, count, percent }) => [id, app, room, count, percent]), [
    ['support', 2, 12, 14, 70], ['support_with_changes', 0, 0, 0, 0], ['cannot_support', 0, 0, 0, 0], ['abstain', 1, 5, 6, 30],
  ]);
  assert.deepEqual(resultRows(poll()).map(({ count }) => count), [0, 0, 0, 0]);
});

test('open polls come as they opened, closed ones the latest first, drafts last', () => {
  const all = [
    poll({ id: 'draft', status: 'drafted', opened_at: null }), poll({ id: 'late', opened_at: '3' }), poll({ id: 'early', opened_at: '1' }),
    poll({ id: 'old', status: 'closed', opened_at: '0', closed_at: '4' }), poll({ id: 'new', status: 'published', opened_at: '2', closed_at: '5' }),
  ];
  assert.deepEqual([openPolls(all), closedPolls(all), inTime(all)].map((polls) => polls.map(({ id }) => id)), [
    ['early', 'late'], ['new', 'old'], ['old', 'early', 'new', 'late', 'draft'],
  ]);
});

test('who may see the numbers follows the policy that was told before', () => {
  const statuses = /** @type {const} */ (['drafted', 'open', 'closed', 'published']);
  const seen = (/** @type {string} */ results) => statuses.filter((status) => resultIsPublic(poll({ results, status })));
  assert.deepEqual([seen('live'), seen('after_close'), seen('when_published')], [['open', 'closed', 'published'], ['closed', 'published'], ['published']]);
  assert.deepEqual([countsSeen(poll()), countsSeen(poll({ total: {} }))], [false, true]);
});

test('a poll shows the text in the version that it asks about, or says that it cannot', () => {
  assert.deepEqual(polledText(poll(), text()), { text: 'second', revised: false });
  assert.deepEqual(polledText(poll({ version: 1 }), text()), { text: 'first', revised: true });
  assert.equal(polledText(poll({ version: 1 }), text({ version: 3, previous: { version: 2, text: 'x' } })), null);
  assert.deepEqual(polledText(poll({ version: null }), text()), { text: 'second', revised: false });
  assert.equal(polledText(poll(), undefined), null);
  assert.deepEqual([aboutText(poll(), text()), aboutText(poll({ version: null }), text()), aboutText(poll({ recommendation: null }), undefined)],
    ['Recommendation R4, version 2', 'Recommendation R4, version 2', 'Question to the meeting']);
});

test('why somebody has no answer to give is told in words', () => {
  const me = (/** @type {any} */ more) => ({ role: 'participant', attendance: 'remote', organisation: 'State A', ...more });
  const none = /** @type {any} */ ({ eligible: false });
  assert.equal(whyNotEligible(poll(), /** @type {any} */ ({ eligible: true }), me({})), null);
  assert.equal(whyNotEligible(poll(), undefined, undefined), 'role');
  assert.equal(whyNotEligible(poll(), none, me({ role: 'observer' })), 'role');
  assert.equal(whyNotEligible(poll({ room: 'by_hands' }), none, me({ attendance: 'in_room' })), 'hands');
  assert.equal(whyNotEligible(poll(), none, me({ organisation: '' })), 'organisation');
  assert.equal(whyNotEligible(poll(), none, me({})), 'fixed');
  const sentences = /** @type {const} */ (['role', 'hands', 'organisation', 'fixed']).map((why) => notEligibleSentence(why, poll()));
  assert.equal(new Set([...sentences, notEligibleSentence('fixed', poll({ unit: 'person' }))]).size, 5);
});

test('everything that matters is said before the first tap: indicative, one answer for whom, recorded, when numbers show', () => {
  const [indicative, unit, recorded, results] = termSentences(poll(), { organisation: 'Sample State A', attribution: 'attributed' });
  assert.match(indicative, /nothing is adopted/);
  assert.match(unit, /per delegation, for Sample State A/);
  assert.match(unit, /change it until the poll closes/);
  assert.match(recorded, /Recorded, not secret/);
  assert.match(results, /when it closes/);
  const modes = ['attributed', 'affiliation_only', 'non_attributed'].map((attribution) => termSentences(poll({ unit: 'person' }), { attribution })[2]);
  assert.deepEqual(modes.map((sentence) => /name people|name organisations|numbers only/.exec(sentence)?.[0]), ['name people', 'name organisations', 'numbers only']);
  const chips = ['live', 'after_close', 'when_published'].map((policy) => termsChip(poll({ results: policy })));
  assert.equal(new Set(chips).size, 3);
});

test('how many answered, how many did not, and the hands in the room', () => {
  assert.equal(answeredText(poll()), '19 of 31 delegations have answered');
  assert.equal(answeredText(poll({ unit: 'person', eligible: 1, answered: 1, status: 'closed' })), '1 of 1 person answered');
  assert.deepEqual([silentText(poll()), silentText(poll({ answered: 31 }))], ['12 did not answer', '']);
  assert.deepEqual([roomText(poll()), roomText(poll({ room: 'by_hands' })), roomText(poll({ room: 'by_hands', room_tally: { counts: { support: 3 }, present: 9 } }))],
    ['', 'Hands in the room are not counted yet.', 'In the room, by show of hands: 3 of 9 present']);
  assert.equal(figuresText(poll({ status: 'closed', tally: { support: 19 } })), 'Can support: 19, Can support with changes: 0, Cannot support: 0, Abstain: 0. 19 of 31 delegations answered.');
  assert.equal(termsLine(poll({ room: 'by_hands', reasons: 'optional' })), 'by delegation · results after close · hands counted in the room · reasons possible');
});

test('every preset of the protocol has words for its options; a label that was typed stays as it is', () => {
  const line = PROTOCOL.split('\n').find((each) => each.startsWith('- preset of options')) ?? '';
  const ids = [...line.matchAll(/`(\w+)`/g)].map((match) => match[1]);
  assert.deepEqual(ids, Object.entries(PRESETS).flatMap(([preset, options]) => [preset, ...options]));
  assert.equal(presetLabels('yes_no_abstain'), 'Yes · No · Abstain');
  assert.deepEqual([optionLabel({ id: 'yes', label: 'Yes' }), optionLabel({ id: 'yes', label: 'Yes, in March' }), optionLabel({ id: 'option_1', label: 'May' })], ['Yes', 'Yes, in March', 'May']);
});

test('only “Cannot support” may need a reason', () => {
  const asks = poll({ reasons: 'required_for_cannot_support' });
  assert.deepEqual([needsReason(asks, 'cannot_support'), needsReason(asks, 'support'), needsReason(asks, null), needsReason(poll(), 'cannot_support')], [true, false, false, false]);
});

test('texts stand as they were proposed, withdrawn ones last', () => {
  const texts = [text({ id: 'c', proposed_at: '3' }), text({ id: 'a', proposed_at: '1', status: 'withdrawn' }), text({ id: 'b', proposed_at: '2' })];
  assert.deepEqual(textsInOrder(texts).map(({ id }) => id), ['b', 'c', 'a']);
});

test('nothing that people read in a poll sounds like a decision', () => {
  for (const module of ['lib/poll_words.js', 'components/participant-poll.js', 'components/participant-polls.js', 'components/poll-card.js', 'components/poll-form.js', 'components/room-poll.js', 'components/outcome-form.js', 'components/poll_summary.js']) {
    const source = readFileSync(new URL(`../../static/js/${module}`, import.meta.url), 'utf8');
    const said = [...source.matchAll(/(?:_|ngettext)\((.*)/g)].map((match) => match[1].replaceAll(/nothing is adopted/gi, '')).join('\n');
    assert.doesNotMatch(said.replaceAll('poll.vote', ''), /\b(vot(e|es|ed|ing)|adopted|survey)\b/i, module);
  }
});
