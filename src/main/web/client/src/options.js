// Reads what the constructor is given.
import { TEXTS } from './texts.js';

const CHECKS = {
  url: [(value) => typeof value === 'string' && /^https?:\/\//.test(value), 'an http(s) URL such as https://push.example.com'],
  token: [(value) => typeof value === 'string' || typeof value === 'function', 'a string, or a function that returns one or a promise of one'],
  autoReconnect: [(value) => typeof value === 'boolean', 'true or false'],
  enableToasts: [(value) => typeof value === 'boolean', 'true or false'],
  path: [(value) => typeof value === 'string' && value.startsWith('/'), 'a path that begins with a slash'],
  transports: [(value) => Array.isArray(value) && value.length > 0, 'a list such as ["websocket", "polling"]'],
  reconnectDelay: [(value) => isMilliseconds(value), 'a positive number of milliseconds'],
  maxReconnectDelay: [(value) => isMilliseconds(value), 'a positive number of milliseconds'],
  io: [(value) => typeof value === 'function', 'the function io of socket.io-client'],
  texts: [(value) => typeof value === 'object', 'an object with texts by name'],
};

function isMilliseconds(value) {
  return Number.isFinite(value) && value > 0;
}

/**
 * @param {object} given what the page gives
 * @param {string|undefined} loadedFrom where the library itself came from
 */
export function readOptions(given, loadedFrom) {
  for (const [name, value] of Object.entries(given)) {
    if (!CHECKS[name]) {
      throw new TypeError(`WebSocketClient has no option "${name}"; it has ${Object.keys(CHECKS).join(', ')}`);
    }
    const [check, expected] = CHECKS[name];
    // Nothing is as good as not given, and so is no token.
    if (value !== undefined && value !== null && !check(value)) {
      throw new TypeError(`WebSocketClient option "${name}" must be ${expected}`);
    }
  }
  const url = given.url ?? (loadedFrom && new URL('.', loadedFrom).href);
  if (!url) {
    throw new TypeError('WebSocketClient option "url" is required here: the address of the service');
  }
  const unknown = Object.keys(given.texts ?? {}).find((name) => !(name in TEXTS));
  if (unknown) {
    throw new TypeError(`WebSocketClient option "texts" has no text "${unknown}"; it has ${Object.keys(TEXTS).join(', ')}`);
  }
  const base = url.endsWith('/') ? url : `${url}/`;
  return Object.freeze({
    base,
    token: given.token || undefined,
    autoReconnect: given.autoReconnect ?? true,
    enableToasts: given.enableToasts ?? false,
    path: given.path ?? new URL('socket.io/', base).pathname,
    transports: given.transports ?? undefined,
    reconnectDelay: given.reconnectDelay ?? 1000,
    maxReconnectDelay: given.maxReconnectDelay ?? 30_000,
    io: given.io ?? undefined,
    texts: { ...TEXTS, ...given.texts },
  });
}
