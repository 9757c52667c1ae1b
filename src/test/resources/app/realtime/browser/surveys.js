// Connects in the way that a test wants, and keeps what it hears.
window.heard = [];
window.use = (options) => {
  window.client = new WebSocketClient({ url: 'http://localhost:3002', ...options });
  window.client.on('*', (event, data) => window.heard.push({ event, data }));
  return window.client.connect();
};
