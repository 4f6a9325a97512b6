/**
 * Calls of the HTTP door: JSON in, JSON out, and one kind of error whose sentence can be shown.
 */

/** What a call came back with when it did not succeed; `code` is the server's, or `unreachable`. */
export class CallFailed extends Error {
  /**
   * @param {string} code
   * @param {string} message a whole sentence, or '' where the server gave none
   * @param {{status?: number, field?: string}} [more]
   */
  constructor(code, message, { status = 0, field = '' } = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.field = field;
  }
}

/**
 * Call `path` and return what it answers, or throw `CallFailed`.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>} null where there is no content
 */
export async function call(method, path, body) {
  const answer = await fetch(path, request(method, body)).catch(() => { throw new CallFailed('unreachable', ''); });
  if (answer.status === 204) return null;
  const json = await answer.json().catch(() => ({}));
  if (answer.ok) return json;
  throw new CallFailed(json.code ?? 'unexpected', json.message ?? '', { status: answer.status, field: json.field });
}

/**
 * @param {string} method
 * @param {unknown} body
 * @returns {RequestInit}
 */
function request(method, body) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return { method, headers, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body) };
}
