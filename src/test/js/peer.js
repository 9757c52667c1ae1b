"use strict";

const PATIENCE_MS = 20_000;
const EVENTS = [
  ...["connect_error", "disconnect", "error"],
  ...["connected", "room_joined", "room_left", "rooms_list", "note", "marker"],
  ...["auth", "message-back"],
];

/** One client of a server, with what it receives kept in order by event, and a bound on every wait. */
class Peer {
  /** @param target the dialect, the server's URL, the transports, and the event that greets whoever has connected */
  constructor(target, options = {}) {
    this.dialect = target.dialect;
    this.received = new Map();
    this.waiting = new Map();
    this.socket = target.dialect.open(target.url, {
      transports: target.transports,
      forceNew: true,
      reconnection: false,
      timeout: PATIENCE_MS,
      ...options,
    });
    for (const name of EVENTS) {
      this.socket.on(name, (...args) => this.#deliver(name, args));
    }
  }

  /** Opens a client and waits until the server has greeted it. */
  static async connect(target, options) {
    const peer = new Peer(target, options);
    try {
      await peer.#greeted(target.greeting);
      peer.greeting = await peer.next(target.greeting);
      return peer;
    } catch (error) {
      peer.close();
      throw error;
    }
  }

  /** Opens a client with a token. */
  static user(target, token, options) {
    return Peer.connect(target, { ...target.dialect.credentials(token), ...options });
  }

  /** The first argument of the next event of this name, or why there is none. */
  async next(name, patience = PATIENCE_MS) {
    return (await this.arguments(name, patience))[0];
  }

  /** All arguments of the next event of this name. */
  arguments(name, patience = PATIENCE_MS) {
    const queue = this.received.get(name) ?? [];
    return queue.length > 0
      ? Promise.resolve(queue.shift())
      : bounded(patience, `the event ${name}`, (resolve) => this.waiting.set(name, resolve));
  }

  /** How many events of this name have come and not been asked for. */
  count(name) {
    return (this.received.get(name) ?? []).length;
  }

  emit(name, ...args) {
    this.socket.emit(name, ...args);
  }

  /** Emits an event and waits for the first argument of its acknowledgement. */
  async ask(name, ...args) {
    return (await this.askAll(name, ...args))[0];
  }

  /** Emits an event and waits for all arguments of its acknowledgement. */
  askAll(name, ...args) {
    return bounded(PATIENCE_MS, `the acknowledgement of ${name}`, (resolve) =>
      this.socket.emit(name, ...args, (...answers) => resolve(answers)),
    );
  }

  /** Waits until the transport in use is this one. */
  async uses(transport) {
    const engine = this.socket.io.engine;
    if (engine.transport.name !== transport) {
      await bounded(PATIENCE_MS, `the upgrade to ${transport}`, (resolve) => engine.once("upgrade", resolve));
    }
    return engine.transport.name;
  }

  /** Waits until the service refuses this client. @returns what it says of it, for programs */
  refusal() {
    const { refusal, refusalData } = this.dialect;
    return bounded(PATIENCE_MS, "the refusal", (resolve, reject) => {
      this.socket.once(refusal, (error) => resolve(refusalData(error)));
      if (refusal !== "connect_error") {
        this.socket.once("connect_error", (error) => reject(notConnected(error)));
      }
    });
  }

  close() {
    this.socket.close();
  }

  #greeted(event) {
    return bounded(PATIENCE_MS, `the event ${event}`, (resolve, reject) => {
      this.socket.once(event, resolve);
      for (const name of ["connect_error", "error", "disconnect"]) {
        this.socket.once(name, (error) => reject(notConnected(error)));
      }
    });
  }

  #deliver(name, args) {
    const resolve = this.waiting.get(name);
    if (resolve) {
      this.waiting.delete(name);
      resolve(args);
    } else {
      this.received.set(name, [...(this.received.get(name) ?? []), args]);
    }
  }
}

function notConnected(error) {
  const cause = error?.description === undefined ? "" : ` (${error.description?.message ?? error.description})`;
  const data = error?.data === undefined ? "" : ` ${JSON.stringify(error.data)}`;
  return new Error(`Not connected: ${error instanceof Error ? error.message + cause + data : JSON.stringify(error)}`);
}

function bounded(milliseconds, what, start) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Waited ${milliseconds} ms for ${what}`)), milliseconds);
    const settled = (settle) => (value) => {
      clearTimeout(timer);
      settle(value);
    };
    start(settled(resolve), settled(reject));
  });
}

module.exports = { Peer };
