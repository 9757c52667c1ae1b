package app.realtime.engineio.servlet;

import java.nio.charset.StandardCharsets;

/** The answers to requests that name no usable session, with the codes of the reference server. */
enum HandshakeError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_VERSION(400, 5, "Unsupported protocol version");

    static final String CONTENT_TYPE = "application/json";

    private final int status;
    private final int code;
    private final String message;

    HandshakeError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body(message);
    }

    /** With another message under the same code; it must hold nothing that JSON would escape. */
    byte[] body(String otherMessage) {
        return ("{\"code\":" + code + ",\"message\":\"" + otherMessage + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
