package app.realtime.cluster;

/** What came over the bus is not what instances say to each other. */
final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }

    MalformedMessageException(String message, Exception cause) {
        super(message, cause);
    }
}
