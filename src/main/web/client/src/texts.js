// What people read. Each may be replaced by the option `texts`.

export const TEXTS = Object.freeze({
  connecting: 'Connecting …',
  reconnecting: 'The connection is lost. Trying again …',
  refused: 'Not connected: {reason}',
  disconnected: 'Not connected.',
  reconnected: 'Connected again.',
  shutdown: 'The service is restarting. The connection will come back by itself.',
  slowDown: 'Too many messages. Please wait a moment.',
  error: '{message}',
  dismiss: 'Dismiss',
});

/** Fills in `{name}`. */
export function textWith(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? '');
}
