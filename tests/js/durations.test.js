import assert from 'node:assert/strict';
import { test } from 'node:test';

import { aboutText, clockTime, countdown, minutesText, ordinal, remainingText, shortText, spokenSeconds, spokenText } from '../../static/js/lib/durations.js';

const STARTED = Date.parse('2026-10-18T08:45:00.000Z');

/** @param {object} changes */
function intervention(changes = {}) {
  return {
    id: 'i.1', person: 'p1', request: null, kind: 'statement', topic: null, on_behalf_of: null, language: null, attendance: 'remote',
    started_at: '2026-10-18T08:45:00.000Z', paused_at: null, paused_seconds: 0, limit_seconds: 180, ended_at: null, void: false, ...changes,
  };
}

test('a clock starts at its limit, ends at 0:00 and then counts up what is too much', () => {
  const shown = [0, 0.4, 1, 179.5, 180, 180.9, 181, 192.3].map((seconds) => countdown(intervention(), STARTED + seconds * 1_000, 30).text);
  assert.deepEqual(shown, ['3:00', '3:00', '2:59', '0:01', '0:00', '0:00', '+0:01', '+0:12']);
});

test('a clock warns before the end and says when it is over', () => {
  const stages = [149, 150, 179, 180, 400].map((seconds) => countdown(intervention(), STARTED + seconds * 1_000, 30).stage);
  assert.deepEqual(stages, ['running', 'warning', 'warning', 'over', 'over']);
});

test('a paused clock stands, and goes on with what was left', () => {
  const paused = intervention({ paused_at: '2026-10-18T08:46:00.000Z', paused_seconds: 20 });
  assert.equal(countdown(paused, STARTED + 500_000, 30).text, '2:20');
  assert.equal(countdown(paused, STARTED + 500_000, 30).paused, true);
  assert.equal(countdown(intervention({ paused_seconds: 100 }), STARTED + 160_000, 30).text, '2:00');
});

test('without a limit the time spoken is shown', () => {
  const shown = countdown(intervention({ limit_seconds: null }), STARTED + 65_500, 30);
  assert.deepEqual([shown.text, shown.stage, shown.remaining], ['1:05', 'free', null]);
});

test('a clock knows when its text changes next', () => {
  for (const seconds of [0, 0.25, 12.9, 180, 200.5]) {
    const now = STARTED + seconds * 1_000;
    const { text, changes_in: changes } = countdown(intervention(), now, 30);
    assert.equal(countdown(intervention(), now + changes - 2, 30).text, text, `just before, at ${seconds}`);
  }
});

test('what has ended lasts no longer', () => {
  assert.equal(spokenSeconds(intervention({ ended_at: '2026-10-18T08:47:05.000Z', paused_seconds: 5 }), STARTED + 9_000_000), 120);
});

test('durations are read as people say them', () => {
  assert.deepEqual([0, 59.9, 60, 605, 3725].map(minutesText), ['0:00', '0:59', '1:00', '10:05', '1:02:05']);
  assert.deepEqual([0.2, 0, -0.5, -72].map(remainingText), ['0:01', '0:00', '0:00', '+1:12']);
  assert.deepEqual([20, 60, 560, 4000].map(aboutText), ['less than a minute', 'about a minute', 'about 9 minutes', 'about 1 h 7 min']);
  assert.deepEqual([30, 2520, 3900].map(shortText), ['1 min', '42 min', '1 h 05 min']);
  assert.deepEqual([0, 30, 60, 125].map(spokenText), ['0 seconds', '30 seconds', '1 minute', '2 minutes 5 seconds']);
});

test('places are ordinals of the language', () => {
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 22, 103].map((n) => ordinal(n, 'en')), ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '103rd']);
  assert.deepEqual([ordinal(1, 'fr'), ordinal(4, 'fr'), ordinal(4, 'es'), ordinal(4, 'zh')], ['1re', '4e', '4.º', '第4']);
});

test('the time of day is that of the workshop, not of the reader', () => {
  assert.equal(clockTime(STARTED, 'Europe/Zurich', 'en'), '10:45');
  assert.equal(clockTime('2026-12-18T23:30:00.000Z', 'Asia/Tokyo', 'en'), '08:30');
});
