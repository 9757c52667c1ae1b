package app.realtime.socketio.protocol;

/** A message that is not Socket.IO. A peer sees none of it. */
public final class ProtocolException extends Exception {

    private final Violation violation;

    public ProtocolException(Violation violation) {
        // A peer can cause these at will: no stack trace is filled in.
        super(violation.text(), null, false, false);
        this.violation = violation;
    }

    public Violation violation() {
        return violation;
    }
}
