package app.realtime.api;

import java.util.Locale;

/** How it stands with Kafka. */
public enum KafkaState {
    /** No brokers are configured. */
    DISABLED,
    /** Not reached yet since the start. */
    CONNECTING,
    CONNECTED,
    /** Reached before, and lost. */
    DISCONNECTED;

    /** The state as answers name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isImpaired() {
        return this == CONNECTING || this == DISCONNECTED;
    }
}
