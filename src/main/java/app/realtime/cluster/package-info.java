/**
 * Several instances as one service: an adapter that tells the other instances what it is told, over publish/subscribe.
 * What goes between them is what the reference's {@code @socket.io/redis-adapter} 8 says and understands, so that servers
 * on Node.js may be among them.
 */
package app.realtime.cluster;
