package app.realtime.kafka.consumer;

import java.time.Duration;

/** Is told of every record and of who reads what. Called on several threads; must neither block nor throw. */
public interface FeedObserver {

    /**
     * A record has been dealt with.
     *
     * @param topic one of those that are configured, so it is fit for a metric's tag
     * @param sinceTimestamp from the record's timestamp until now; never negative
     */
    void record(String topic, int partition, Outcome outcome, Duration sinceTimestamp);

    /** A partition is read by this instance from now on. */
    default void assigned(String topic, int partition) {}

    /** A partition is not read by this instance any more. */
    default void revoked(String topic, int partition) {}

    /** The brokers were reached again after they had been lost. */
    default void reconnected() {}
}
