// The rooms that the page wants to be in, over all connections.
import { ClientError } from './client-error.js';

export class Rooms {
  #ask;
  #pause;
  #changed;
  /** Those that the page has asked for: joined again after a reconnect. */
  #wanted = new Set();
  #joined = new Set();
  /** The promises of those that are on their way. */
  #joining = new Map();
  #connection = 0;

  /**
   * @param {(event: string, data: object) => Promise<any>} ask emits an event; its acknowledgement
   * @param {() => number} pause how long to wait after too many messages, in milliseconds
   * @param {() => void} changed told when the connection has come into a room, or out of one
   */
  constructor(ask, pause, changed = () => undefined) {
    this.#ask = ask;
    this.#pause = pause;
    this.#changed = changed;
  }

  get joined() {
    return [...this.#joined];
  }

  /** The connection is there, and in these rooms by itself. */
  connected(rooms) {
    this.#connection += 1;
    this.#joined = new Set(rooms);
    for (const room of this.#wanted) {
      if (!this.#joined.has(room) || this.#joining.has(room)) {
        this.#send(room, this.#connection);
      }
    }
  }

  disconnected() {
    this.#connection += 1;
    this.#joined.clear();
  }

  /** The service has put the connection out of a room. */
  left(room) {
    this.#joined.delete(room);
    this.#wanted.delete(room);
    this.#changed();
  }

  /** @returns {Promise<object>} what the service answers, be it after the next connect */
  join(room, connected) {
    this.#wanted.add(room);
    let joining = this.#joining.get(room);
    if (!joining) {
      joining = deferred();
      this.#joining.set(room, joining);
      if (connected) {
        this.#send(room, this.#connection);
      }
    }
    return joining.promise;
  }

  async leave(room, connected) {
    this.#wanted.delete(room);
    this.#settle(room, (joining) => joining.reject(new ClientError(`Left ${room} before it was joined`, 'left')));
    if (!connected) {
      return { room };
    }
    const answer = await this.#ask('leave_room', { room });
    if (!answer.ok) {
      throw new ClientError(answer.error, answer.code);
    }
    this.#joined.delete(room);
    this.#changed();
    return { room: answer.room, timestamp: answer.timestamp };
  }

  /** Nothing is wanted any more, and what is on its way fails. */
  clear(error) {
    this.#connection += 1;
    this.#wanted.clear();
    this.#joined.clear();
    for (const room of [...this.#joining.keys()]) {
      this.#settle(room, (joining) => joining.reject(error));
    }
  }

  async #send(room, connection) {
    let answer;
    try {
      answer = await this.#ask('join_room', { room });
    } catch {
      // The connection went first, or was too slow: the next one sends it again.
      return;
    }
    if (connection !== this.#connection || !this.#wanted.has(room)) {
      return;
    }
    if (answer.ok) {
      this.#joined.add(room);
      this.#changed();
      this.#settle(room, (joining) => joining.resolve({ room: answer.room, timestamp: answer.timestamp }));
    } else if (answer.code === 'rate_limit_exceeded') {
      setTimeout(() => {
        if (connection === this.#connection && this.#wanted.has(room)) {
          this.#send(room, connection);
        }
      }, this.#pause());
    } else {
      this.#wanted.delete(room);
      this.#settle(room, (joining) => joining.reject(new ClientError(answer.error, answer.code)));
    }
  }

  #settle(room, how) {
    const joining = this.#joining.get(room);
    if (joining) {
      this.#joining.delete(room);
      how(joining);
    }
  }
}

/** A promise to be settled elsewhere. Who does not look at it is not bothered when it fails. */
export function deferred() {
  const made = {};
  made.promise = new Promise((resolve, reject) => {
    made.resolve = resolve;
    made.reject = reject;
  });
  made.promise.catch(() => undefined);
  return made;
}
