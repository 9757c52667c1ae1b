import { ClientError, WebSocketClient } from 'http://localhost:3002/websocket-client.esm.js';

window.heard = [];
window.ClientError = ClientError;
window.use = (options) => {
  window.client = new WebSocketClient(options);
  window.client.on('*', (event, data) => window.heard.push({ event, data }));
  return window.client.connect();
};
