package app.realtime.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Sends rejected records through again. Thread-safe, does not block. */
public interface DeadLetterRedrive {

    /** The topics whose dead letters there may be; none where the service keeps none. */
    Set<String> topics();

    /**
     * Sends through up to so many dead letters of one of the {@link #topics()}, oldest first.
     *
     * @return completes after some seconds; never exceptionally for what an {@link Answer} can say
     */
    CompletionStage<Answer> redrive(String topic, int limit);

    /** How it went. */
    sealed interface Answer {}

    /**
     * It was done.
     *
     * @param results one for each dead letter that was sent through
     * @param remaining how many of those that were there are left
     */
    record Done(String deadLetterTopic, List<Result> results, long remaining) implements Answer {

        public Done {
            results = List.copyOf(results);
        }
    }

    /** Somebody else does it now, here or on another instance. */
    record Busy() implements Answer {}

    /** The brokers do not answer, or refuse; the log has why. */
    record Unavailable() implements Answer {}

    /**
     * What happened to one dead letter.
     *
     * @param partition where it was among the dead letters
     * @param originalPartition where the record had been first
     * @param outcome as metrics name it; all but {@code delivered} are dead letters again
     * @param detail why it was rejected again
     * @param recipients sockets of this instance that it went to
     */
    record Result(
            int partition,
            long offset,
            OptionalInt originalPartition,
            OptionalLong originalOffset,
            String outcome,
            Optional<String> detail,
            OptionalInt recipients) {}
}
