// Figures over time.

/** The last values of one figure, the oldest first. */
export class Series {
  #values = [];
  #most;

  constructor(most) {
    this.#most = most;
  }

  add(value) {
    this.#values.push(value);
    if (this.#values.length > this.#most) {
      this.#values.shift();
    }
  }

  get values() {
    return this.#values;
  }

  get most() {
    return this.#most;
  }

  get last() {
    return this.#values.at(-1);
  }
}

/** Makes a rate per second of a count that only grows. */
export class Rate {
  #before;

  /**
   * @param {number} count
   * @param {number} time in milliseconds
   * @returns {number|undefined} nothing the first time, and when the count began anew
   */
  of(count, time) {
    const before = this.#before;
    this.#before = { count, time };
    if (!before || count < before.count || time <= before.time) {
      return undefined;
    }
    return ((count - before.count) * 1000) / (time - before.time);
  }
}

/** A number as people read it. */
export function readable(value) {
  if (value === undefined) {
    return '–';
  }
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
}
