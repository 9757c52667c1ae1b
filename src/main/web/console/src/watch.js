// Hears of every event that is published, on the console's own namespace.

/**
 * @param {Function} io the official client
 * @param {string} base where the service is
 * @param {() => object} auth the credentials, asked for at each attempt
 * @param {{published: (event: object) => void, refused: (code: string, message: string) => void,
 *   state: (connected: boolean) => void}} listener
 * @returns {() => void} ends it
 */
export function watch(io, base, auth, listener) {
  const socket = io(new URL('/console', base).href, {
    path: new URL('socket.io/', base).pathname,
    auth: (give) => give(auth()),
    forceNew: true,
  });
  let again;
  socket.on('published', listener.published);
  socket.on('connect', () => listener.state(true));
  socket.on('connect_error', (error) => {
    if (!socket.active) {
      listener.refused(error.data?.code, error.message);
    }
  });
  socket.on('disconnect', () => {
    listener.state(false);
    // The service ended it, because the token has expired or because it stops: the client does not come back by itself.
    if (!socket.active) {
      again = setTimeout(() => socket.connect(), 1000 + Math.random() * 2000);
    }
  });
  return () => {
    clearTimeout(again);
    socket.removeAllListeners();
    socket.disconnect();
  };
}
