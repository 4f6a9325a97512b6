/**
 * The join code of a meeting as people type, paste and read it.
 */

export const CODE_LENGTH = 8;

/**
 * Return the code that `text` holds: any case, with or without spaces and dashes, or the whole link from the QR code.
 * @param {string} text
 */
export function codeIn(text) {
  const fromLink = /[?&]code=([^&#\s]+)/i.exec(text)?.[1] ?? text;
  return fromLink.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/**
 * Return `code`, spaced or not, in groups of four, as it stands on the screen in the room.
 * @param {string} code
 */
export function spaced(code) {
  return code.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
