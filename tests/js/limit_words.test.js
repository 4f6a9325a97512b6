import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { limitsInForce, ownLimit, proposedWords, replyLimits } from '../../static/js/lib/limit_words.js';
import { orderWords } from '../../static/js/lib/order_words.js';

const PROTOCOL = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');
const GROUPS = [{ id: 'ngo', name: { en: 'NGOs' } }];

/** @param {object} more @returns {any} */
const limits = (more = {}) => ({ default_seconds: null, groups: {}, kinds: {}, replies: {}, banks: {}, shared_seconds: null, ...more });

test('the limits in force are said for everybody, for one’s group and for what one asks', () => {
  const all = limits({ default_seconds: 180, groups: { ngo: 120 }, kinds: { question: 60 } });
  assert.deepEqual(limitsInForce(all, GROUPS, 'ngo', 'question'), ['Speaking time: 3:00.', 'NGOs: 2:00.', 'Question: 1:00.']);
  assert.deepEqual(limitsInForce(all, GROUPS, null, 'statement'), ['Speaking time: 3:00.']);
  assert.deepEqual(limitsInForce(limits(), GROUPS, 'ngo', 'statement'), ['There is no time limit.']);
});

test('while the time is shared that goes before the others', () => {
  assert.deepEqual(limitsInForce(limits({ default_seconds: 180, shared_seconds: 90 }), GROUPS, 'ngo', 'statement'), ['The time left is shared: at most 1:30 each.']);
});

test('what one has oneself is said, and that there is no limit', () => {
  assert.deepEqual([ownLimit(240), ownLimit(null)], ['You will have 4:00.', 'You speak without a time limit.']);
});

test('a proposal says for how many it is, and that it does not hold yet', () => {
  assert.match(proposedWords({ seconds: 90, names: 12 }), /^Proposed: 1:30 each for the 12 who wait.*once the moderator says so/);
  assert.match(proposedWords({ seconds: 90, names: 1 }), /^Proposed: 1:30 for the one who waits/);
});

test('the two rights of reply have their times, where they have', () => {
  assert.equal(replyLimits({ 1: 180, 2: 120 }), 'Two for each delegation on this item: 3:00 for the first, 2:00 for the second.');
  assert.equal(replyLimits({}), 'Two for each delegation on this item.');
});

test('every rule of the protocol is said to those who wait', () => {
  const line = PROTOCOL.split('\n').find((each) => each.startsWith('- rule:')) ?? '';
  const rules = [...line.matchAll(/`(\w+)`/g)].map((match) => match[1]);
  assert.ok(rules.includes('first_come'));
  for (const rule of new Set([...rules, 'joint_first', 'round_robin_group', 'alternate_attendance', 'quota', 'manual'])) {
    assert.match(orderWords({ rule }), /\.$/, rule);
  }
  assert.equal(orderWords({ rule: 'alphabetical_from_letter', letter: 'M' }), 'By the names of the delegations, from the letter M.');
  assert.equal(orderWords({ rule: 'quota', by: 'region' }), 'Each region has its share of the list.');
  assert.equal(orderWords(undefined), '');
});
