package app.realtime.engineio.protocol;

/** Bytes that are not Engine.IO. The message is for our log; a peer never sees it. */
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
