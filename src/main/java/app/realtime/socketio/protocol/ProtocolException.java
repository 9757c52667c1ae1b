package app.realtime.socketio.protocol;

/** Bytes that are not Socket.IO. The message is for our log; a peer never sees it. */
public final class ProtocolException extends Exception {

    public ProtocolException(String message) {
        // A peer can cause these at will: no stack trace is filled in.
        super(message, null, false, false);
    }
}
