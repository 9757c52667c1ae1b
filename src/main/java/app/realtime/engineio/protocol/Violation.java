package app.realtime.engineio.protocol;

import java.util.Locale;

/** The ways in which bytes can fail to be Engine.IO. */
public enum Violation {
    UNKNOWN_ENGINE_PACKET("a packet of no known type"),
    MALFORMED_BASE64("bytes that are not base64"),
    MALFORMED_UTF8("text that is not UTF-8"),
    MALFORMED_PAYLOAD("a payload that does not match the lengths it tells"),
    /** Revision 4 sends bytes as base64 in text. */
    BINARY_BODY("a binary body where the protocol has text");

    private final String description;

    Violation(String description) {
        this.description = description;
    }

    /** As a metric's tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
