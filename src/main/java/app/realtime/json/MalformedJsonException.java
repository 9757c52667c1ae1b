package app.realtime.json;

/** Bytes that are not one acceptable JSON value. The message says what is wrong and where, and quotes no input. */
public final class MalformedJsonException extends Exception {

    MalformedJsonException(String message) {
        super(message);
    }
}
