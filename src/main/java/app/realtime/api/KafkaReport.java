package app.realtime.api;

import app.realtime.json.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How this instance stands with Kafka at one moment. Immutable.
 *
 * @param since when the state began
 * @param reason why it is not connected, in one word, where that is known
 * @param reconnects how often the brokers were reached again after they had been lost
 * @param lag records that are there and still to be handed over, of all partitions that are read here
 * @param deadLettersWaiting rejected records that are not yet in a topic of dead letters
 * @param partitions every partition that was read here since the start, by topic and number
 */
public record KafkaReport(
        KafkaState state,
        Instant since,
        Optional<String> reason,
        long reconnects,
        long lag,
        int deadLettersWaiting,
        List<Partition> partitions) {

    public KafkaReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * @param assigned whether this instance reads it now
     * @param newest the latest timestamp of the records dealt with
     * @param newestAge how old that is
     * @param records how many had each outcome
     * @param delaysAtMost how many records were dealt with at most so many milliseconds after their timestamp
     * @param delays how many records these are of
     */
    public record Partition(
            String topic,
            int partition,
            boolean assigned,
            OptionalLong lag,
            OptionalLong lastOffset,
            Optional<Instant> newest,
            Optional<Duration> newestAge,
            Map<String, Long> records,
            Map<Long, Long> delaysAtMost,
            long delays,
            Duration delaySum) {}

    /** Writes all but the partitions. */
    void writeSummary(ObjectNode node) {
        node.put("state", state.label());
        if (state == KafkaState.DISABLED) {
            return;
        }
        node.put("since", Timestamps.format(since));
        reason.ifPresent(text -> node.put("reason", text));
        node.put("reconnects", reconnects).put("lag", lag).put("deadLettersWaiting", deadLettersWaiting);
    }

    /** Writes all. */
    void write(ObjectNode node) {
        writeSummary(node);
        if (state == KafkaState.DISABLED) {
            return;
        }
        ArrayNode list = node.putArray("partitions");
        for (Partition partition : partitions) {
            write(partition, list.addObject());
        }
    }

    private static void write(Partition partition, ObjectNode node) {
        node.put("topic", partition.topic())
                .put("partition", partition.partition())
                .put("assigned", partition.assigned());
        partition.lag().ifPresent(lag -> node.put("lag", lag));
        partition.lastOffset().ifPresent(offset -> node.put("lastOffset", offset));
        partition.newest().ifPresent(newest -> node.put("newestRecord", Timestamps.format(newest)));
        partition.newestAge().ifPresent(age -> node.put("newestRecordAgeMs", age.toMillis()));
        ObjectNode records = node.putObject("records");
        partition.records().forEach(records::put);
        ObjectNode delay = node.putObject("delayMs")
                .put("count", partition.delays())
                .put("sum", partition.delaySum().toMillis());
        ObjectNode atMost = delay.putObject("atMost");
        partition.delaysAtMost().forEach((bound, count) -> atMost.put(Long.toString(bound), count));
    }
}
