// Compiled, never run: what the types must allow, and what they must not.
import { ClientError, WebSocketClient } from '../index.js';
import type { Connected, Status } from '../index.js';

interface MyEvents {
  'order.updated': { id: string; total: number };
}

const client = new WebSocketClient<MyEvents>({
  url: 'https://push.example.com',
  token: async () => 'a.b.c',
  autoReconnect: true,
  enableToasts: false,
  texts: { dismiss: 'Schließen' },
});

client
  .on('response.new', ({ surveyId, responseId, timestamp }) => [surveyId, responseId, timestamp].map((text) => text.length))
  .on('analytics.update', ({ updateType }) => updateType?.length)
  .on('surveyor.location', ({ location }) => location.coordinates?.latitude.toFixed(4))
  .on('notification', ({ title, priority }) => (title ?? priority).length)
  .on('rate_limit_exceeded', ({ retryAfter }) => retryAfter + 1)
  .on('error', ({ code }) => code === 'room_forbidden')
  .on('order.updated', ({ total }) => total + 1)
  .on('state', ({ state }: Status) => state === 'reconnecting')
  .on('token_error', ({ message }) => message.length)
  .on('*', (event, data) => [event.length, data])
  .on('anything.else', (...data) => data.length)
  .once('server_shutdown', ({ message }) => message.length)
  .off('notification');

const connected: Promise<Connected> = client.connect();
const rooms: Promise<{ name: string; connections: number }[]> = client.getRooms();
const latency: Promise<number> = client.ping().then((pong) => pong.latency);
const code: string = new ClientError('').code;

// @ts-expect-error there is no such option
new WebSocketClient({ urls: 'https://push.example.com' });
// @ts-expect-error a survey has no title
client.on('response.new', ({ title }) => title);
// @ts-expect-error the total is a number
client.on('order.updated', ({ total }) => total.length);
// @ts-expect-error a status is not to be changed
client.getStatus().state = 'idle';

export { connected, rooms, latency, code };
