// What a promise of the library is rejected with.

/** An error for people, with a `code` for programs. */
export class ClientError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   */
  constructor(message, code) {
    super(message);
    this.name = 'ClientError';
    this.code = code;
  }
}
