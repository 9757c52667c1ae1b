// The client that a page works with.
import { Backoff } from './backoff.js';
import { ClientError } from './client-error.js';
import { Emitter } from './emitter.js';
import { tellPeople } from './notices.js';
import { readOptions } from './options.js';
import { deferred, Rooms } from './rooms.js';
import { loadSocketIo } from './socket-io.js';
import { Toasts } from './toasts.js';
import { expiryOf, TokenRenewal } from './token-renewal.js';
import { waitFor } from './waiting.js';

/** How long to wait for an acknowledgement, in milliseconds. */
const ANSWER_TIME = 10_000;

/** How often a new token may be refused in a row. */
const MOST_REFUSALS = 3;

/** Refusals that another token may help against. */
const TOKEN_REFUSED = new Set(['token_expired', 'token_invalid']);

/** One connection to the service, made again as often as needed. */
export class WebSocketClient {
  /** Where the library came from; the service is there unless the page says otherwise. */
  static loadedFrom;

  /** The nonce that the library's own script had. */
  static nonce;

  /** Gets the function `io` of the official client. */
  static load = loadSocketIo;

  #options;
  #events = new Emitter();
  #backoff;
  #rooms;
  #renewal;
  #socket;
  #state = 'idle';
  #reason;
  #welcome;
  #connecting;
  #stopWaiting = () => undefined;
  /** Grows with everything that makes an attempt which is under way useless. */
  #attempt = 0;
  #refusals = 0;
  #wasConnected = false;
  #clockOffset = 0;
  #retryAfter = 1000;
  #tokenIsOver = false;

  constructor(options = {}) {
    this.#options = readOptions(options, WebSocketClient.loadedFrom);
    this.#backoff = new Backoff(this.#options.reconnectDelay, this.#options.maxReconnectDelay);
    this.#rooms = new Rooms((event, data) => this.#ask(event, data), () => this.#retryAfter, () => this.#tellState());
    this.#renewal = new TokenRenewal(
      () => this.#renewToken(),
      (error) => this.#tokenFailed(error),
      () => Date.now() + this.#clockOffset,
    );
    if (this.#options.enableToasts && typeof document !== 'undefined') {
      tellPeople(this.#events, new Toasts(this.#options.texts), this.#options.texts);
    }
  }

  connect() {
    if (this.#state === 'connected') {
      return Promise.resolve(this.#welcome);
    }
    if (!this.#connecting) {
      this.#connecting = deferred();
      if (this.#state !== 'reconnecting') {
        this.#backoff.reset();
        this.#refusals = 0;
        this.#wasConnected = false;
        this.#change('connecting');
        this.#tryToConnect();
      }
    }
    // A promise of its own: who does not look after this one hears of it.
    return this.#connecting.promise.then((welcome) => welcome);
  }

  disconnect() {
    const error = new ClientError('The page has disconnected', 'disconnected');
    this.#giveUp();
    this.#rooms.clear(error);
    if (this.#state !== 'idle') {
      this.#change('disconnected');
    }
    this.#settle('reject', error);
  }

  on(event, listener) {
    this.#events.on(event, listener);
    return this;
  }

  once(event, listener) {
    this.#events.on(event, listener, true);
    return this;
  }

  off(event, listener) {
    this.#events.off(event, listener);
    return this;
  }

  joinRoom(room) {
    return this.#rooms.join(String(room), this.#isConnected);
  }

  joinSurvey(id) {
    return this.joinRoom(`survey:${id}`);
  }

  joinProject(id) {
    return this.joinRoom(`project:${id}`);
  }

  leaveRoom(room) {
    return this.#quiet(this.#rooms.leave(String(room), this.#isConnected));
  }

  getRooms() {
    return this.#quiet(this.#ask('get_rooms').then(granted).then(({ rooms }) => rooms));
  }

  ping() {
    const begin = performance.now();
    return this.#quiet(this.#ask('ping').then(granted).then(({ timestamp }) => (
      { timestamp, latency: performance.now() - begin })));
  }

  getStatus() {
    const connected = this.#isConnected;
    const expiresAt = connected ? this.#renewal.expiresAt ?? this.#tokenExpiry : undefined;
    return Object.freeze({
      state: this.#state,
      connected,
      reason: this.#reason,
      socketId: connected ? this.#welcome.socketId : undefined,
      userId: connected ? this.#welcome.userId : undefined,
      isAnonymous: connected ? this.#welcome.isAnonymous : undefined,
      rooms: this.#rooms.joined,
      transport: connected ? this.#socket.io.engine?.transport.name : undefined,
      attempts: this.#backoff.attempts,
      tokenExpiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
    });
  }

  get #isConnected() {
    return this.#state === 'connected';
  }

  get #tokenExpiry() {
    const token = this.#socket?.auth.token;
    return token ? expiryOf(token) : undefined;
  }

  async #tryToConnect() {
    const attempt = this.#begin();
    try {
      const io = this.#options.io ?? await WebSocketClient.load(this.#options.base, WebSocketClient.nonce);
      const token = await this.#token();
      if (attempt === this.#attempt) {
        this.#socket ??= this.#open(io);
        this.#socket.auth = token ? { token } : {};
        this.#socket.connect();
      }
    } catch (error) {
      if (attempt === this.#attempt) {
        this.#failed(error);
      }
    }
  }

  #begin() {
    this.#attempt += 1;
    this.#stopWaiting();
    return this.#attempt;
  }

  async #token() {
    const { token } = this.#options;
    if (typeof token !== 'function') {
      return token;
    }
    try {
      return await token();
    } catch (error) {
      this.#tokenFailed(error);
      throw error;
    }
  }

  #tokenFailed(error) {
    this.#events.emit('token_error', { message: messageOf(error), code: error?.code });
  }

  #open(io) {
    const socket = io(new URL('/', this.#options.base).href, {
      path: this.#options.path,
      transports: this.#options.transports,
      // Where the first one of the page's own is blocked, the next. By default polling is first, and never blocked alone.
      tryAllTransports: this.#options.transports !== undefined,
      // Attempts are this class's own business: the official client does not come back after every kind of end.
      reconnection: false,
      autoConnect: false,
      forceNew: true,
    });
    socket.on('connected', (welcome) => this.#connected(welcome));
    socket.on('connect_error', (error) => this.#attemptFailed(error));
    socket.on('disconnect', (reason) => this.#lost(reason));
    socket.on('room_left', ({ room }) => this.#rooms.left(room));
    socket.on('rate_limit_exceeded', ({ retryAfter }) => {
      this.#retryAfter = retryAfter;
    });
    socket.on('error', (error) => {
      this.#tokenIsOver ||= error?.code === 'token_expired';
    });
    // Last, so that the client knows what its listeners may ask it.
    socket.onAny((event, ...args) => this.#heard(event, args));
    return socket;
  }

  /** Catch-all listeners come before the others, but the state is to be up to date when the page hears of an event. */
  #heard(event, args) {
    queueMicrotask(() => this.#events.emit(event, ...args));
  }

  #connected(welcome) {
    const again = this.#wasConnected;
    this.#clockOffset = Date.parse(welcome.serverTime) - Date.now() || 0;
    this.#welcome = welcome;
    this.#tokenIsOver = false;
    this.#wasConnected = true;
    this.#refusals = 0;
    this.#backoff.reset();
    this.#state = 'connected';
    this.#rooms.connected(welcome.rooms);
    if (typeof this.#options.token === 'function') {
      this.#renewal.start(this.#tokenExpiry);
    }
    const engine = this.#socket.io.engine;
    engine.once('upgrade', () => this.#tellState());
    this.#change('connected');
    this.#settle('resolve', welcome);
    if (again) {
      this.#events.emit('reconnected', welcome);
    }
  }

  #attemptFailed(error) {
    // The service has refused this client, and it would again.
    const refused = !this.#socket.active;
    const code = error.data?.code;
    if (!refused) {
      this.#failed(error);
    } else if (this.#mayHelpItself(code)) {
      this.#refusals += 1;
      this.#failed(new ClientError(error.message, code));
    } else {
      this.#refuse(new ClientError(error.message, code ?? 'refused'));
    }
  }

  #mayHelpItself(code) {
    return this.#options.autoReconnect
      && typeof this.#options.token === 'function'
      && TOKEN_REFUSED.has(code)
      && this.#refusals < MOST_REFUSALS;
  }

  #failed(error) {
    const reason = messageOf(error);
    if (!this.#options.autoReconnect) {
      this.#giveUp();
      this.#change('disconnected', reason);
      this.#settle('reject', new ClientError(reason, error?.code ?? 'unreachable'));
      return;
    }
    this.#again(reason);
  }

  #refuse(error) {
    this.#giveUp();
    this.#rooms.clear(error);
    this.#change('refused', error.message);
    this.#settle('reject', error);
  }

  #lost(reason) {
    this.#renewal.stop();
    this.#rooms.disconnected();
    if (this.#state !== 'connected') {
      this.#failed(new ClientError(reason, 'lost'));
      return;
    }
    this.#events.emit('disconnect', reason);
    // The service says so before it ends the connection; by the clocks alone, it may be a moment early.
    const isForGood = typeof this.#options.token === 'string' && this.#tokenIsOver;
    if (!this.#options.autoReconnect || isForGood) {
      this.#giveUp();
      this.#change('disconnected', reason);
      return;
    }
    this.#again(reason);
  }

  #again(reason) {
    this.#begin();
    const wait = this.#backoff.next();
    this.#change(this.#wasConnected ? 'reconnecting' : 'connecting', reason);
    this.#stopWaiting = waitFor(wait, () => this.#tryToConnect());
  }

  #giveUp() {
    this.#begin();
    this.#renewal.stop();
    this.#rooms.disconnected();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.removeAllListeners();
      socket.offAny();
      socket.disconnect();
    }
  }

  #settle(how, value) {
    const connecting = this.#connecting;
    this.#connecting = undefined;
    connecting?.[how](value);
  }

  #change(state, reason) {
    this.#state = state;
    this.#reason = reason;
    this.#tellState();
  }

  #tellState() {
    this.#events.emit('state', this.getStatus());
  }

  async #renewToken() {
    const token = await this.#options.token();
    const answer = await this.#ask('authenticate', { token });
    granted(answer);
    this.#socket.auth = { token };
    this.#events.emit('token_renewed', { expiresAt: answer.expiresAt });
    return answer.expiresAt ? Date.parse(answer.expiresAt) : undefined;
  }

  async #ask(event, data) {
    if (!this.#isConnected) {
      throw new ClientError('Not connected', 'not_connected');
    }
    return this.#socket.timeout(ANSWER_TIME).emitWithAck(event, ...(data ? [data] : []));
  }

  /** Who does not look after a promise of a room is told by the event `error`, and need not be told twice. */
  #quiet(promise) {
    promise.catch(() => undefined);
    return promise;
  }
}

function granted(answer) {
  if (!answer.ok) {
    throw new ClientError(answer.error, answer.code);
  }
  return answer;
}

function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
