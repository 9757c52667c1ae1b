// The service's HTTP API, with the credentials of whoever looks at the console. They are kept here alone.

/** An answer that is no success: `status` 0 where there was none at all. */
export class ApiError extends Error {
  constructor(message, status, code) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** A JSON Web Token has three parts; a key has none. */
export function isToken(credential) {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(credential);
}

export class Api {
  #base;
  #fetch;
  #credential = '';

  /**
   * @param {string} base where the service is
   * @param {typeof fetch} request
   */
  constructor(base, request = (...args) => fetch(...args)) {
    this.#base = base;
    this.#fetch = request;
  }

  /** An API key or a token; empty for neither. */
  set credential(value) {
    this.#credential = value;
  }

  /** What the console's namespace takes for its credentials. */
  get auth() {
    if (!this.#credential) {
      return {};
    }
    return isToken(this.#credential) ? { token: this.#credential } : { apiKey: this.#credential };
  }

  /** How the service is, also where that is no success. */
  async health() {
    return this.#call('GET', 'health', undefined, [503]);
  }

  async stats() {
    return (await this.#call('GET', 'api/stats?rooms=20')).stats;
  }

  async configuration() {
    return this.#call('GET', 'api/admin/configuration');
  }

  async token(userId, role) {
    return (await this.#call('POST', 'api/admin/tokens', { userId, role })).token;
  }

  async produce(topic, value) {
    return this.#call('POST', 'api/admin/kafka/records', { topic, value });
  }

  /** @param {'room'|'user'|'global'|'survey-response'|'location'} what */
  async broadcast(what, body) {
    return this.#call('POST', `api/broadcast/${what}`, body);
  }

  async #call(method, path, body, accepted = []) {
    const headers = { Accept: 'application/json' };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (this.#credential) {
      if (isToken(this.#credential)) {
        headers.Authorization = `Bearer ${this.#credential}`;
      } else {
        headers['X-API-Key'] = this.#credential;
      }
    }
    let response;
    try {
      response = await this.#fetch(new URL(path, this.#base), {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
      });
    } catch {
      throw new ApiError('The service does not answer.', 0, 'unreachable');
    }
    const content = await response.json().catch(() => ({}));
    if (!response.ok && !accepted.includes(response.status)) {
      throw new ApiError(content.error ?? `The service answers ${response.status}.`, response.status, content.code);
    }
    return content;
  }
}
