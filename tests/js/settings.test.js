import assert from 'node:assert/strict';
import { test } from 'node:test';

import { changesOf, minutesOf } from '../../static/js/lib/settings.js';

const SEEN = {
  one_request_each: true,
  when_absent: 'to_the_end',
  warning_seconds: 30,
  attribution_mode: 'attributed',
  attribution_mode_panellists: 'attributed',
  alarms: [{ action: 'close_list', after_seconds: 890, since: 'session', text: null }],
};
const { alarms: SET, ...OTHERS } = SEEN;
const TYPED = { ...OTHERS, alarms: SET.map((alarm) => ({ ...alarm, minutes: String(minutesOf(alarm.after_seconds)) })) };

test('what was not touched is not sent', () => {
  assert.deepEqual(changesOf(SEEN, TYPED), {});
});

test('what was changed is sent, and nothing else', () => {
  assert.deepEqual(changesOf(SEEN, { ...TYPED, one_request_each: false, warning_seconds: 60 }), { one_request_each: false, warning_seconds: 60 });
});

test('where one alarm is otherwise all are sent, and those that were not touched keep their seconds', () => {
  const announced = { action: 'announce', minutes: '5', since: 'list', text: ' Five minutes ' };
  assert.deepEqual(changesOf(SEEN, { ...TYPED, alarms: [...TYPED.alarms, announced] }), {
    alarms: [
      { action: 'close_list', after_seconds: 890, since: 'session' },
      { action: 'announce', after_seconds: 300, since: 'list', text: 'Five minutes' },
    ],
  });
  assert.deepEqual(changesOf(SEEN, { ...TYPED, alarms: [] }), { alarms: [] });
});

test('an alarm that announces no more says no more', () => {
  const was = { ...SEEN, alarms: [{ action: 'announce', after_seconds: 60, since: 'session', text: 'One minute' }] };
  const typed = { ...TYPED, alarms: [{ ...was.alarms[0], action: 'close_list', minutes: '1' }] };
  assert.deepEqual(changesOf(was, typed), { alarms: [{ action: 'close_list', after_seconds: 60, since: 'session' }] });
});
