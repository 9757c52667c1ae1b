// Keeps a connection's token from expiring.
import { Backoff } from './backoff.js';

/** The longest time that a browser's timer can wait, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

const LEAST_LEAD = 1000;
const MOST_LEAD = 60_000;

/** When a JSON Web Token expires, in milliseconds; nothing if it says nothing. The service verifies it, not the client. */
export function expiryOf(token) {
  try {
    const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const { exp } = JSON.parse(new TextDecoder().decode(bytes));
    return Number.isFinite(exp) ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/** A fifth of its life before it expires, at least one second and at most one minute. */
export function renewIn(left) {
  return Math.max(0, left - Math.min(Math.max(left / 5, LEAST_LEAD), MOST_LEAD));
}

export class TokenRenewal {
  #renew;
  #failed;
  #now;
  #timer;
  #backoff = new Backoff(2000, 30_000);
  #expiresAt;

  /**
   * @param {() => Promise<number|undefined>} renew gets a new token and shows it to the service; when that one expires
   * @param {(error: Error) => void} failed told of each attempt that failed
   * @param {() => number} now the service's time
   */
  constructor(renew, failed, now) {
    this.#renew = renew;
    this.#failed = failed;
    this.#now = now;
  }

  get expiresAt() {
    return this.#expiresAt;
  }

  /** @param {number|undefined} expiresAt of the token that the service has */
  start(expiresAt) {
    this.stop();
    this.#expiresAt = expiresAt;
    this.#backoff.reset();
    if (expiresAt !== undefined) {
      this.#wakeAt(this.#now() + renewIn(expiresAt - this.#now()));
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#expiresAt = undefined;
  }

  #wakeAt(time) {
    const left = Math.max(0, time - this.#now());
    const timer = setTimeout(() => {
      if (this.#now() < time) {
        this.#wakeAt(time);
      } else {
        this.#run(timer);
      }
    }, Math.min(left, LONGEST_TIMER));
    this.#timer = timer;
  }

  async #run(timer) {
    try {
      const expiresAt = await this.#renew();
      if (this.#timer === timer) {
        this.start(expiresAt);
      }
    } catch (error) {
      if (this.#timer === timer) {
        this.#failed(error);
        // When it has expired the service ends the connection, and the next one begins with a new token.
        this.#wakeAt(this.#now() + 250 + this.#backoff.next());
      }
    }
  }
}
