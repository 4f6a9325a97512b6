import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ruleName } from '../../static/js/lib/names.js';
import { RULE_IDS, categoryName, reasonText, ruleMeaning } from '../../static/js/lib/rule_words.js';

const NOW = Date.parse('2026-10-18T09:30:00.000Z');
const GROUPS = [{ id: 'ngo', name: { en: 'NGOs' } }, { id: 'state', name: { en: 'States' } }];
const AROUND = { groups: GROUPS, name: 'State A', now: NOW };

/** @param {string} rule @param {object} values @param {object} [more] @returns {any} */
function list(rule, values, more = {}) {
  return { rule, reason: { key: rule, values: { request: 'r.1', ...values } }, ...more };
}

/** @param {string} rule @param {object} [values] @param {object} [more] */
const reason = (rule, values, more) => reasonText(list(rule, values ?? {}, more), AROUND);

test('groups take turns: whose turn, and for how long it was not heard', () => {
  assert.equal(reason('round_robin_group', { category: 'ngo', last_at: '2026-10-18T09:15:30.000Z' }), 'NGOs next, not heard for 14 min');
  assert.equal(reason('round_robin_group', { category: 'ngo', last_at: '2026-10-18T09:29:30.000Z' }), 'NGOs next');
  assert.equal(reason('round_robin_group', { category: 'state', last_at: null }), 'States next, not heard yet');
  assert.equal(reason('round_robin_group', { category: null, last_at: null }), 'those without a group next, not heard yet');
});

test('joint statements go first, and that is the reason while one waits', () => {
  assert.equal(reason('joint_first', { category: 'joint' }), 'a joint statement next');
  assert.equal(reason('joint_first', { category: 'others' }), 'no joint statement waits, State A asked first');
  assert.equal(reason('joint_first_round_robin_group', { category: 'joint' }), 'a joint statement next');
  assert.equal(reason('joint_first_round_robin_group', { category: 'ngo', last_at: null }), 'NGOs next, not heard yet');
});

test('the others state their own key', () => {
  assert.equal(reason('first_come'), 'State A asked first');
  assert.equal(reason('not_yet_spoken_first', { times: 0 }), 'State A next, has not spoken yet');
  assert.equal(reason('not_yet_spoken_first', { times: 2 }), 'State A next, spoke 2 times');
  assert.equal(reason('alternate_attendance', { category: 'remote', last_at: '2026-10-18T09:20:00.000Z' }), 'remote next, not heard for 10 min');
  assert.equal(reason('quota', { category: 'remote' }, { by: 'attendance' }), 'Remote next, furthest below the share');
  assert.equal(reason('alphabetical_from_letter', {}, { letter: 'n' }), 'from N: State A next');
});

test('where only those wait who were called before, that is the reason, whatever the rule', () => {
  for (const rule of ['round_robin_group', 'quota', 'alphabetical_from_letter']) {
    assert.equal(reason(rule, { category: 'absent' }), 'State A next, called before and not there');
  }
});

test('without anybody to suggest there is no reason', () => {
  assert.equal(reasonText(list('round_robin_group', { request: undefined }), AROUND), '');
  assert.equal(reason('manual'), '');
});

test('every rule has a name, and says what it does', () => {
  for (const rule of RULE_IDS) {
    assert.notEqual(ruleName(rule), rule.replaceAll('_', ' '));
    assert.match(ruleMeaning(rule), /\.$/);
  }
  assert.equal(RULE_IDS.length, 9);
});

test('a category is named by what it is of', () => {
  assert.deepEqual([categoryName('group', 'ngo', GROUPS), categoryName('attendance', 'in_room', GROUPS), categoryName('region', 'Asia', GROUPS), categoryName('group', 'gone', GROUPS)],
    ['NGOs', 'In the room', 'Asia', 'gone']);
});
