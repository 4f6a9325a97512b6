/**
 * Where the screens of a session are.
 */

/**
 * @param {'participant'|'moderator'|'rapporteur'|'display'|'booth'|'technical'} screen
 * @param {string} session
 */
export function screenAddress(screen, session) {
  return `/sessions/${encodeURIComponent(session)}/${screen}`;
}

/**
 * @param {'html'|'md'|'csv'|'json'} format
 * @param {string} session
 */
export function recordAddress(format, session) {
  return `/api/sessions/${encodeURIComponent(session)}/record.${format}`;
}
