// The library as an npm package: with the official client as a dependency, for bundlers and Node.js.
import { io } from 'socket.io-client';
import { WebSocketClient } from './src/client.js';

WebSocketClient.load = async () => io;

export { ClientError } from './src/client-error.js';
export { WebSocketClient };
