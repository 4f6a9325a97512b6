import assert from 'node:assert/strict';
import { test } from 'node:test';

import { termsChip, termSentences, termsLine } from '../../static/js/lib/poll_words.js';
import { countedSentence, givesAwaySentence, secretSentence } from '../../static/js/lib/secret_poll_words.js';

/** @param {Record<string, unknown>} more @returns {any} */
function poll(more = {}) {
  return { id: 'poll.1', status: 'open', options: [], ballot: 'secret', unit: 'person', results: 'after_close', reasons: 'never', room: 'by_app', ...more };
}

test('a secret poll says that it is secret and final before the first tap', () => {
  const said = termSentences(poll()).join(' ');
  for (const part of ['nothing is adopted', 'nobody in the meeting can see who answered what', 'you cannot change it', 'when it closes']) assert.ok(said.includes(part), part);
  assert.ok(!/record(ed|s it)/.test(said));
  assert.deepEqual(
    [termsChip(poll()), termsChip(poll({ results: 'when_published' })), termsLine(poll())],
    ['Secret · results after close', 'Secret · results when published', 'secret · by person · results after close'],
  );
});

test('for a delegation it is final for all of it', () => {
  const delegation = poll({ unit: 'delegation' });
  assert.match(secretSentence(delegation), /final for your delegation/);
  assert.match(countedSentence(delegation), /^An answer of your delegation/);
  assert.match(countedSentence(poll()), /^Your answer is counted/);
});

test('what the figures give away is said', () => {
  assert.deepEqual([null, 'few', 'all_agree'].map((gives_away) => givesAwaySentence(poll({ gives_away })).slice(0, 12)), ['', 'Fewer than f', 'All answered']);
});
