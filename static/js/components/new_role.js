/**
 * Says that somebody is here as something else than when the page came, and leads to their own screen.
 *
 * The page stays: what is being typed on it is not taken away.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '/static/js/lib/i18n.js';
import { roleName } from '/static/js/lib/names.js';

/** @param {import('/static/js/live/live_session.js').LiveSession} session */
export function newRole(session) {
  if (!session.newRole) return nothing;
  return html`<span>${newRoleSentence(session)}</span> <a href="/sessions/${session.id}">${_('Go to your screen')}</a>`;
}

/** @param {import('/static/js/live/live_session.js').LiveSession} session */
export function newRoleSentence(session) {
  return _('Your role has been changed: {role}.', { role: roleName(session.newRole) });
}
