package app.realtime.api;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Produces records to the topics that the service reads, to try out what becomes of them. Thread-safe, does not block. */
public interface RecordSender {

    /** The topics that may be produced to; none where the service runs without Kafka. */
    Set<String> topics();

    /**
     * Sends one record to one of the {@link #topics()}.
     *
     * @return completes within some seconds; empty if the brokers did not take it, and the log has why
     */
    CompletionStage<Optional<Place>> send(String topic, Optional<String> key, String value);

    /** Where the record is. */
    record Place(int partition, long offset) {}
}
