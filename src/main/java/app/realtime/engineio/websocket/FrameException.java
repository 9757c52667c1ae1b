package app.realtime.engineio.websocket;

/** Bytes that are not what RFC 6455 lets a client send. */
final class FrameException extends Exception {

    private static final long serialVersionUID = 1;

    private final FrameViolation violation;

    FrameException(FrameViolation violation, String message) {
        // A peer can cause these at will: no stack trace is filled in.
        super(message, null, false, false);
        this.violation = violation;
    }

    FrameViolation violation() {
        return violation;
    }
}
