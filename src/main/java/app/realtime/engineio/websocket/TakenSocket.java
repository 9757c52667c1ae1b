package app.realtime.engineio.websocket;

import java.nio.channels.SocketChannel;

/**
 * A socket that the container has given up.
 *
 * @param channel not blocking
 * @param early what the container has read from it beyond the request
 */
record TakenSocket(SocketChannel channel, byte[] early) {}
