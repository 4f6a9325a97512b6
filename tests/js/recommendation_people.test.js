import assert from 'node:assert/strict';
import { test } from 'node:test';

import { amendmentsText, amendmentStateName, positionsText, waitingAmendments, whoseText } from '../../static/js/lib/recommendation_people.js';

const GROUPS = [{ id: 'states', name: { en: 'States' } }];

/** @param {string} state @returns {any} */
const amendment = (state) => ({ id: state, version: 1, text: 'x', state, taken_in: state === 'taken_in' ? 2 : null, at: '', proposed_by: null });

test('whose a text is stands there as far as it is told', () => {
  assert.equal(whoseText({ name: 'Ana', organisation: 'State A', group: 'states' }, GROUPS), 'Ana, State A');
  assert.equal(whoseText({ name: null, organisation: 'State A', group: 'states' }, GROUPS), 'State A');
  assert.equal(whoseText({ name: null, organisation: null, group: 'states' }, GROUPS), 'States');
  assert.equal(whoseText({ name: null, organisation: null, group: null }, GROUPS), 'a participant');
  assert.equal(whoseText(null, GROUPS), '');
});

test('what waits for an answer is what was neither taken in nor set aside', () => {
  const all = ['open', 'taken_in', 'overtaken', 'set_aside'].map(amendment);
  assert.deepEqual(waitingAmendments(all).map(({ id }) => id), ['open', 'overtaken']);
  assert.equal(amendmentsText(all), '2 amendments to answer');
  assert.equal(amendmentsText([amendment('taken_in')]), '');
  assert.equal(amendmentStateName(amendment('taken_in')), 'taken in by version 2');
});

test('positions are counted in one order', () => {
  assert.equal(positionsText({ reserves: 1, supports: 3 }), 'supports it: 3 · reserves its position: 1');
  assert.equal(positionsText(undefined), '');
});
