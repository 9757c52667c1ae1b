package app.realtime.engineio.websocket;

import app.realtime.engineio.protocol.Violation;

/** The ways in which a peer can break RFC 6455. */
enum FrameViolation {
    PROTOCOL(CloseCode.PROTOCOL_ERROR, "websocket_protocol"),
    MALFORMED_UTF8(CloseCode.NOT_CONSISTENT, Violation.MALFORMED_UTF8.metricName()),
    TOO_LARGE(CloseCode.TOO_BIG, "payload_too_large");

    private final int closeCode;
    private final String metricName;

    FrameViolation(int closeCode, String metricName) {
        this.closeCode = closeCode;
        this.metricName = metricName;
    }

    /** What the peer is told. */
    int closeCode() {
        return closeCode;
    }

    /** The name of its counter. */
    String metricName() {
        return metricName;
    }
}
