// A Socket.IO server that answers as the service does, for tests of the library over real connections.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** A token as the library reads it; nobody verifies its signature here. */
export function token(user, secondsLeft) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode({ userId: user, exp: Date.now() / 1000 + secondsLeft })}.`;
}

function read(text) {
  return JSON.parse(Buffer.from(text.split('.')[1], 'base64url').toString());
}

export class Service {
  #http;
  #io;
  #port = 0;
  /** By which a session may be opened. */
  transports = ['polling', 'websocket'];
  refusal;
  joinAnswer;
  /** Every token that was shown, by whatever way. */
  tokens = [];
  joins = [];

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start() {
    this.#http = createServer();
    this.#io = new Server(this.#http, { transports: this.transports });
    this.#io.use((socket, next) => this.#identify(socket, next));
    this.#io.on('connection', (socket) => this.#serve(socket));
    await new Promise((resolve) => { this.#http.listen(this.#port, '127.0.0.1', resolve); });
    this.#port = this.#http.address().port;
  }

  async stop() {
    await new Promise((resolve) => { this.#io.close(resolve); });
  }

  emit(event, data) {
    this.#io.emit(event, data);
  }

  disconnectAll(close) {
    this.#io.disconnectSockets(close);
  }

  get connections() {
    return this.#io.of('/').sockets.size;
  }

  #identify(socket, next) {
    const shown = socket.handshake.auth.token;
    this.tokens.push(shown);
    const code = this.refusal?.(shown);
    if (code) {
      const error = new Error(`Refused: ${code}`);
      error.data = { code };
      next(error);
      return;
    }
    socket.data.user = shown ? read(shown).userId : 'anon-1';
    next();
  }

  #serve(socket) {
    const timestamp = () => new Date().toISOString();
    const rooms = ['global'];
    socket.emit('connected', {
      socketId: socket.id,
      userId: socket.data.user,
      isAnonymous: socket.data.user === 'anon-1',
      rooms,
      serverTime: timestamp(),
    });
    socket.on('join_room', ({ room }, ack) => {
      this.joins.push(room);
      const refused = this.joinAnswer?.(room);
      if (refused) {
        if (refused.code === 'rate_limit_exceeded') {
          socket.emit('rate_limit_exceeded', { message: 'Too many messages', retryAfter: 50 });
        }
        ack({ ok: false, error: refused.code, ...refused });
        return;
      }
      socket.join(room);
      socket.emit('room_joined', { room, timestamp: timestamp() });
      ack({ ok: true, room, timestamp: timestamp() });
    });
    socket.on('leave_room', ({ room }, ack) => ack({ ok: true, room, timestamp: timestamp() }));
    socket.on('get_rooms', (ack) => ack({ ok: true, rooms: [{ name: 'global', type: 'global', connections: 1 }], timestamp: timestamp() }));
    socket.on('ping', (ack) => ack({ ok: true, timestamp: timestamp() }));
    socket.on('authenticate', ({ token: shown }, ack) => {
      this.tokens.push(shown);
      const code = this.refusal?.(shown);
      ack(code
        ? { ok: false, error: `Refused: ${code}`, code }
        : { ok: true, expiresAt: new Date(read(shown).exp * 1000).toISOString() });
    });
  }
}

/** Waits until something holds. */
export async function until(condition, what = condition.toString()) {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) {
      throw new Error(`Waited in vain for ${what}`);
    }
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}
