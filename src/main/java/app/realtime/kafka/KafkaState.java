package app.realtime.kafka;

import java.time.Instant;

/**
 * How the service stands with Kafka. Immutable.
 *
 * @param since when this status began
 */
public record KafkaState(Status status, Instant since) {

    /** Whether records can come in. */
    public enum Status {
        /** No brokers are configured. */
        DISABLED,

        /** Not every consumer has been a member of its group yet. */
        CONNECTING,

        /** Every consumer has a connection and is a live member of its group. */
        CONNECTED,

        /** It was connected, and at least one consumer no longer is. */
        DISCONNECTED
    }
}
