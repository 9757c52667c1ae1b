package app.realtime.engineio;

import java.util.Locale;
import java.util.Optional;

/** The ways to carry a session. */
public enum TransportName {
    POLLING,
    WEBSOCKET;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As in the {@code transport} parameter of a request. */
    public String wireName() {
        return wireName;
    }

    public static Optional<TransportName> ofWireName(String name) {
        for (TransportName transport : values()) {
            if (transport.wireName.equals(name)) {
                return Optional.of(transport);
            }
        }
        return Optional.empty();
    }
}
