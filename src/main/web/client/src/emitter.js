// Who listens to what.

/** Calls one listener after the other; one that throws is reported, and keeps nobody from hearing. */
export class Emitter {
  #listeners = new Map();

  on(event, listener, once = false) {
    if (typeof listener !== 'function') {
      throw new TypeError(`The listener for "${event}" must be a function`);
    }
    const of = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...of, { listener, once }]);
  }

  /** Without a listener: all of this event. */
  off(event, listener) {
    const rest = listener ? (this.#listeners.get(event) ?? []).filter((entry) => entry.listener !== listener) : [];
    this.#listeners.set(event, rest);
  }

  /** `*` hears every event, with its name first. */
  emit(event, ...args) {
    this.#call(event, args);
    this.#call('*', [event, ...args]);
  }

  #call(name, args) {
    for (const entry of this.#listeners.get(name) ?? []) {
      if (entry.once) {
        this.#listeners.set(name, this.#listeners.get(name).filter((other) => other !== entry));
      }
      try {
        entry.listener(...args);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** As an exception that nobody has caught: on the console, and to `window.onerror`. */
function report(error) {
  if (typeof globalThis.reportError === 'function') {
    globalThis.reportError(error);
  } else {
    queueMicrotask(() => {
      throw error;
    });
  }
}
