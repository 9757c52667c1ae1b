package app.realtime.kafka;

/** Tells whether a consumer is able to receive. Thread-safe. */
@FunctionalInterface
interface ConsumerProbe {

    boolean isConsuming(String clientId);
}
