// The official Socket.IO client: the page's own, or the service's.
import { ClientError } from './client-error.js';

const loading = new Map();

/** Whether the page has the client, of version 4.6 or newer: it has no field that tells its version. */
function isThere() {
  return typeof globalThis.io?.Socket?.prototype.emitWithAck === 'function';
}

/**
 * Loads the client from the service, once for all who ask.
 *
 * @param {string} base where the service is
 * @param {string} nonce of the page's Content-Security-Policy, if there is one
 */
export function loadSocketIo(base, nonce) {
  if (isThere()) {
    return Promise.resolve(globalThis.io);
  }
  const src = new URL('socket.io/socket.io.min.js', base).href;
  if (!loading.has(src)) {
    const loaded = insertScript(src, nonce);
    loading.set(src, loaded);
    loaded.catch(() => loading.delete(src));
  }
  return loading.get(src);
}

function insertScript(src, nonce) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.async = true;
    if (nonce) {
      script.nonce = nonce;
    }
    const fail = (what) => {
      script.remove();
      reject(new ClientError(
        `${what} ${src}. Is the service there, does the page's Content-Security-Policy allow its scripts, and was it built with npm?`,
        'client_not_loaded',
      ));
    };
    script.addEventListener('load', () => {
      if (isThere()) {
        resolve(globalThis.io);
      } else {
        fail('There is no Socket.IO client of version 4 in');
      }
    });
    script.addEventListener('error', () => fail('Could not load'));
    document.head.append(script);
  });
}
