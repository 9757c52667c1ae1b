package app.realtime.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Says where the processing of a record hangs. Thread-safe: guarded by its own lock. */
final class HangLog {

    private static final Logger LOG = Logger.getLogger(HangLog.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int TOP = 3;
    private static final int FRAMES = 15;

    private final Clock clock;
    private Instant stuckSaid = Instant.EPOCH;

    HangLog(Clock clock) {
        this.clock = clock;
    }

    void timedOut(ConsumerRecord<?, ?> record, Duration limit, StackTraceElement[] where) {
        LOG.log(
                Level.WARNING,
                () -> "Gave up a record that took longer than %d ms: topic %s, partition %d, offset %d. It hung at:%n%s"
                        .formatted(
                                limit.toMillis(),
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                told(where).map(frame -> "    " + frame).collect(Collectors.joining("\n"))));
    }

    /** Where it is, and how it got there; what lies between in the JDK is of no interest. */
    private static Stream<StackTraceElement> told(StackTraceElement[] where) {
        return Stream.concat(
                        Arrays.stream(where).limit(TOP),
                        Arrays.stream(where)
                                .skip(TOP)
                                .filter(frame -> !frame.getClassName().startsWith("java.")))
                .limit(FRAMES);
    }

    /** Nothing can be done for this one but wait. Said once a minute. */
    synchronized void stuck(ConsumerRecord<?, ?> record) {
        Instant now = clock.instant();
        if (now.isBefore(stuckSaid.plus(AGAIN))) {
            return;
        }
        stuckSaid = now;
        LOG.log(
                Level.SEVERE,
                () -> ("%d threads hang and do not heed their interrupt, so that a further record cannot be given up:"
                                + " topic %s, partition %d, offset %d. Its partition waits, and with too few threads left all do; a restart ends that.")
                        .formatted(Workers.MAX_HANGING, record.topic(), record.partition(), record.offset()));
    }
}
