// What people are told of: the state of the connection, notifications, and what goes wrong.
import { textWith } from './texts.js';

const URGENT = new Set(['high', 'urgent', 'critical']);

/**
 * @param {import('./emitter.js').Emitter} events of the client
 * @param {import('./toasts.js').Toasts} toasts
 * @param {Record<string, string>} texts
 */
export function tellPeople(events, toasts, texts) {
  const states = {
    idle: '',
    connected: '',
    connecting: texts.connecting,
    reconnecting: texts.reconnecting,
    refused: texts.refused,
    disconnected: '',
  };
  events.on('state', ({ state, reason }) => toasts.state(textWith(states[state], { reason: reason ?? '' })));
  events.on('reconnected', () => toasts.show(texts.reconnected));
  events.on('server_shutdown', () => toasts.show(texts.shutdown));
  events.on('rate_limit_exceeded', () => toasts.show(texts.slowDown, { urgent: true }));
  events.on('error', (data) => toasts.show(textWith(texts.error, { message: text(data?.message) }), { urgent: true }));
  events.on('notification', (data) => toasts.show(text(data?.message), {
    title: text(data?.title),
    urgent: URGENT.has(data?.priority),
  }));
}

function text(value) {
  return value === undefined || value === null ? '' : String(value);
}
