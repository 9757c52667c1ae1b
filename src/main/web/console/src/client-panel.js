// A client of the service, as any page could have one: connects, joins rooms, and hears events.
import { answer, element, find } from './dom.js';

const OWN = new Set(['state', 'reconnected', 'token_renewed', 'token_error']);
const ANSWERS = new Set(['connected', 'room_joined', 'room_left', 'rooms_list', 'pong']);

export class ClientPanel {
  #api;
  #base;
  #onEvent;
  #client;

  /** @param {(event: string, data: unknown) => void} onEvent called with each event that the client hears */
  constructor(api, base, onEvent) {
    this.#api = api;
    this.#base = base;
    this.#onEvent = onEvent;
    for (const choice of document.getElementsByName('identity')) {
      choice.addEventListener('change', () => this.#choose());
    }
    find('connection').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#connect();
    });
    find('disconnect').addEventListener('click', () => {
      this.#client?.disconnect();
      find('connect').focus();
    });
    find('join').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask('join', find('room').value.trim());
    });
    this.#choose();
  }

  /** Whether the service makes tokens, as in development. */
  offerTokens(offered) {
    find('mint-choice').hidden = !offered;
    const minting = document.querySelector('input[name="identity"][value="mint"]');
    if (offered && !this.#client) {
      minting.checked = true;
    } else if (!offered && minting.checked) {
      document.querySelector('input[name="identity"][value="anonymous"]').checked = true;
    }
    this.#choose();
  }

  get #identity() {
    return document.querySelector('input[name="identity"]:checked').value;
  }

  #choose() {
    find('mint').hidden = this.#identity !== 'mint';
    find('own-token').hidden = this.#identity !== 'token';
  }

  #connect() {
    this.#client?.disconnect();
    const client = new globalThis.WebSocketClient({ url: this.#base, token: this.#token() });
    this.#client = client;
    client.on('state', (status) => this.#show(client, status));
    client.on('*', (event, data) => {
      if (client === this.#client && !OWN.has(event) && !ANSWERS.has(event)) {
        this.#onEvent(event, data);
      }
    });
    // What went wrong is told by the state.
    client.connect().catch(() => undefined);
  }

  #token() {
    if (this.#identity === 'mint') {
      const [user, role] = [find('mint-user').value.trim(), find('mint-role').value];
      return () => this.#api.token(user, role);
    }
    return this.#identity === 'token' ? find('token').value.trim() : undefined;
  }

  #show(client, status) {
    if (client !== this.#client) {
      return;
    }
    const who = status.isAnonymous ? 'anonymously' : `as ${status.userId}`;
    const texts = {
      idle: 'Not connected.',
      connecting: 'Connecting …',
      connected: `Connected ${who} by ${status.transport}.`,
      reconnecting: `The connection is lost; attempt ${status.attempts} to have it back …`,
      refused: `Refused: ${status.reason ?? 'no reason given'}.`,
      disconnected: 'Disconnected.',
    };
    find('state').dataset.state = status.state;
    find('state').textContent = texts[status.state];
    const active = ['connecting', 'connected', 'reconnecting'].includes(status.state);
    find('connect').disabled = active;
    find('disconnect').disabled = !active;
    find('join-button').disabled = !status.connected;
    this.#showRooms(status.connected ? status.rooms : []);
    if (!active) {
      answer('join-answer', '');
    }
  }

  #showRooms(rooms) {
    find('rooms').replaceChildren(...rooms.map((room) => {
      const item = element('li', {}, element('code', {}, room));
      if (room !== 'global') {
        const leave = element('button', { type: 'button', 'aria-label': `Leave ${room}` }, '×');
        leave.addEventListener('click', () => this.#ask('leave', room));
        item.append(leave);
      }
      return item;
    }));
  }

  async #ask(what, room) {
    try {
      await (what === 'join' ? this.#client.joinRoom(room) : this.#client.leaveRoom(room));
      answer('join-answer', what === 'join' ? `Joined ${room}.` : `Left ${room}.`);
    } catch (error) {
      answer('join-answer', `${room}: ${error.message}`, true);
    }
    // The button that was pressed may be gone.
    find('room').focus();
  }
}
