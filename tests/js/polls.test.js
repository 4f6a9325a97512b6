import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import {
  aboutText, answeredText, notEligibleSentence, optionLabel, PRESETS, presetLabels, roomText, silentText, termsChip, termSentences, termsLine,
} from '../../static/js/lib/poll_words.js';
import { outcomeSentence } from '../../static/js/lib/poll_outcome.js';
import { changesSince, changeText, earlierRound, roundName } from '../../static/js/lib/poll_rounds.js';
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
    reasons: 'never', room: 'by_app', again: null, round: 1, eligible: 31, answered: 19, opened_at: '2026-10-18T08:00:00.000Z', closed_at: null, outcome: null, ...more,
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

test('why somebody has no answer to give is told in words, by the reason that the server gives', () => {
  const not = (/** @type {any} */ why) => /** @type {any} */ ({ eligible: false, why_not: why });
  assert.equal(whyNotEligible(/** @type {any} */ ({ eligible: true, why_not: null })), null);
  assert.equal(whyNotEligible(undefined), 'role');
  const line = PROTOCOL.split('\n').find((each) => each.startsWith('- not eligible:')) ?? '';
  const reasons = /** @type {any[]} */ ([...line.split('(')[0].matchAll(/`(\w+)`/g)].map(([, name]) => name));
  assert.equal(reasons.length, 5);
  assert.deepEqual(reasons.map((why) => whyNotEligible(not(why))), reasons);
  const sentences = reasons.map((why) => notEligibleSentence(why, poll()));
  assert.equal(new Set([...sentences, notEligibleSentence('not_named', poll({ unit: 'person' }))]).size, 6);
});

test('everything that matters is said before the first tap: indicative, one answer for whom, recorded, when numbers show', () => {
  const [indicative, unit, recorded, results] = termSentences(poll(), { organisation: 'Sample State A', attribution: 'attributed' });
  assert.match(indicative, /nothing is adopted/);
  assert.match(unit, /per delegation, for Sample State A/);
  assert.match(unit, /change it until the poll closes/);
  assert.match(recorded, /Recorded, not secret/);
  assert.match(results, /when it closes/);
  assert.equal(termSentences(poll()).length, 4);
  const more = termSentences(poll({ reasons: 'required_for_cannot_support', room: 'by_hands' })).slice(4);
  assert.deepEqual(more, ['“Cannot support” needs a reason.', 'Those in the room raise their hands instead, and are counted beside it.']);
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
  assert.equal(termsLine(poll({ room: 'by_hands', reasons: 'optional' })), 'by delegation · results after close · hands counted in the room · reasons possible');
});

test('an outcome begins as the figures in words, and decides nothing', () => {
  const closed = (/** @type {any} */ more) => poll({ status: 'closed', answered: 14, tally: { support: 9, support_with_changes: 3, cannot_support: 2, abstain: 0 }, ...more });
  assert.equal(outcomeSentence(closed({})), 'Of 14 delegations that answered, 9 can support, 3 can support with changes, and 2 cannot support.');
  assert.equal(outcomeSentence(closed({ unit: 'person', answered: 1, tally: { abstain: 1 } })), 'Of 1 person who answered, 1 abstains.');
  const room_tally = { counts: { support: 4, abstain: 2 }, present: 8 };
  assert.equal(outcomeSentence(closed({ room_tally, answered: 1, tally: { support: 1 } })), 'Of 1 delegation that answered and 6 hands raised in the room, 5 can support and 2 abstain.');
  assert.equal(outcomeSentence(closed({ room_tally, answered: 0, tally: {} })), 'Of 6 hands raised in the room, 4 can support and 2 abstain.');
  assert.equal(outcomeSentence(closed({ answered: 0, tally: {} })), 'Nobody answered.');
  const own = [{ id: 'option_1', label: 'Geneva' }, { id: 'support', label: 'Of my own' }];
  assert.equal(outcomeSentence(closed({ options: own, tally: { option_1: 12, support: 2 } })), 'Of 14 delegations that answered, 12 for “Geneva” and 2 for “Of my own”.');
  for (const [preset, ids] of Object.entries(PRESETS)) {
    const options = ids.map((id) => ({ id, label: '' }));
    const said = outcomeSentence(closed({ options, tally: Object.fromEntries(ids.map((id) => [id, 2])) }));
    assert.doesNotMatch(said, /undefined|“|vote|adopt/, preset);
  }
});

test('a second round stands beside the first, where the numbers of both may be seen', () => {
  const first = poll({ id: 'poll.1', status: 'closed', round: 1, again: null, total: {}, tally: { support: 5, abstain: 5 } });
  const second = poll({ id: 'poll.2', status: 'closed', round: 2, again: 'poll.1', total: {}, tally: { support: 8, cannot_support: 0, abstain: 5 } });
  const get = (/** @type {string} */ key) => ({ 'poll/poll.1': first })[key];
  assert.equal(earlierRound(second, get), first);
  assert.equal(earlierRound(first, get), null);
  assert.equal(earlierRound({ ...second, total: undefined }, get), null);
  assert.equal(earlierRound(second, () => ({ ...first, total: undefined })), null);
  assert.equal(earlierRound(second, () => undefined), null);
  const changes = [...changesSince(second, first).values()];
  assert.deepEqual(changes.map(({ before, percent, change }) => [before, percent, change]), [[5, 50, 3], [0, 0, 0], [0, 0, 0], [5, 50, 0]]);
  assert.deepEqual(changes.map((change) => changeText(change, first)), [
    'round 1: 5, 3 more now', 'round 1: 0, unchanged', 'round 1: 0, unchanged', 'round 1: 5, unchanged',
  ]);
  const fewer = changesSince({ ...second, tally: { support: 1 } }, first).get('support');
  assert.equal(changeText(/** @type {any} */ (fewer), first), 'round 1: 5, 4 fewer now');
  assert.deepEqual([roundName(first), roundName(second)], ['', 'Round 2']);
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
