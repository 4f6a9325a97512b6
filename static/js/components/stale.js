/**
 * What is said to whom somebody else was quicker: not only that, but what has become of the floor.
 */

import { _ } from '../lib/i18n.js';
import { nameText } from './who.js';

/** @typedef {import('../live/live_session.js').LiveSession} LiveSession */

/** The refusal may come before the patch that shows why. */
const PATIENCE_MS = 1_000;

/**
 * Return the sentence, once the floor is shown as it is now.
 * @param {LiveSession} session
 * @param {unknown} seen the intervention that the reader saw on the floor
 * @returns {Promise<string>}
 */
export async function quickerText(session, seen) {
  if (current(session) === seen) await changed(session);
  const intervention = session.get(`intervention/${current(session)}`);
  if (!intervention) return _('Somebody was quicker: nobody has the floor now.');
  return _('Somebody was quicker: {name} has the floor now.', { name: nameText(session.get(`person/${intervention.person}`)) });
}

/** @param {LiveSession} session @returns {string|null} */
function current(session) {
  return session.get('floor')?.intervention ?? null;
}

/** @param {LiveSession} session @returns {Promise<void>} */
function changed(session) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      end();
      resolve();
    };
    const end = session.subscribe(done, 'floor');
    const timer = setTimeout(done, PATIENCE_MS);
  });
}
