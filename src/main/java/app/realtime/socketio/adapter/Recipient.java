package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.EncodedPacket;

/** A socket as an adapter sees it. Compared by identity. */
public interface Recipient {

    /** The socket's public id. */
    String id();

    /** Queues the packet for this socket and returns at once; false if the socket is no longer connected. */
    boolean deliver(EncodedPacket packet);
}
