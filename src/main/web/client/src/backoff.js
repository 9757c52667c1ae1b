// How long to wait before the next attempt.

/**
 * Twice as long each time, and each client at a moment of its own ("full jitter"): clients that have lost their connections
 * together do not come back together.
 */
export class Backoff {
  #first;
  #most;
  #random;
  #attempts = 0;

  /**
   * @param {number} first the longest first wait, in milliseconds
   * @param {number} most the longest wait of all
   * @param {() => number} random
   */
  constructor(first, most, random = Math.random) {
    this.#first = first;
    this.#most = most;
    this.#random = random;
  }

  get attempts() {
    return this.#attempts;
  }

  /** The next wait, in milliseconds. */
  next() {
    const longest = Math.min(this.#most, this.#first * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    return Math.round(this.#random() * longest);
  }

  reset() {
    this.#attempts = 0;
  }
}
