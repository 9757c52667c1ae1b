package app.realtime.kafka.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How this instance stands with Kafka at one moment. Immutable.
 *
 * @param since when the state began
 * @param trouble why it is not connected, where that is known
 * @param reconnects how often the brokers were reached again after they had been lost
 * @param hanging threads that processed a record for too long and have not come back
 * @param partitions every partition that this instance has read since its start
 */
public record FeedView(
        FeedState state,
        Instant since,
        Optional<Trouble> trouble,
        long reconnects,
        int hanging,
        List<Partition> partitions) {

    public FeedView {
        partitions = List.copyOf(partitions);
    }

    /** Records of all partitions that are read now which are still to be handed over, as far as that is known. */
    public long lag() {
        return partitions.stream()
                .mapToLong(partition -> partition.lag().orElse(0))
                .sum();
    }

    /**
     * @param assigned whether this instance reads it now
     * @param lag records that are in it and still to be handed over; empty until that is known, and of others' partitions
     * @param lastOffset of the last record that was dealt with
     * @param newest the latest timestamp of all records dealt with
     * @param records how many had each outcome
     * @param delays from a record's timestamp until it had been dealt with
     */
    public record Partition(
            String topic,
            int partition,
            boolean assigned,
            OptionalLong lag,
            OptionalLong lastOffset,
            Optional<Instant> newest,
            Map<Outcome, Long> records,
            Delays delays) {

        public Partition {
            records = Map.copyOf(records);
        }
    }

    /** @param atMost how many took at most so many milliseconds, by rising bounds; what took longer is in count alone */
    public record Delays(Map<Long, Long> atMost, long count, Duration sum) {}
}
