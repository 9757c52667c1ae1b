package app.realtime.engineio.protocol;

import java.util.Locale;

/** The ways in which bytes can fail to be Engine.IO; each has its own counter. */
public enum Violation {
    UNKNOWN_ENGINE_PACKET("a packet of no known type"),
    MALFORMED_BASE64("bytes that are not base64"),
    MALFORMED_UTF8("text that is not UTF-8"),
    MALFORMED_PAYLOAD("a payload that does not match the lengths it tells"),
    /** Revision 4 sends bytes as base64 in text. */
    BINARY_BODY("a binary body where the protocol has text");

    private final String text;

    Violation(String text) {
        this.text = text;
    }

    /** The name of its counter, such as {@code malformed_utf8}. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For our log; a peer never sees it. */
    String text() {
        return text;
    }
}
