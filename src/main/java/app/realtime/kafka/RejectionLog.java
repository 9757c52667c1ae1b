package app.realtime.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Logs the records that were rejected, by topic, partition and offset and never with their content: the first
 * {@value #PER_WINDOW} of each topic in a minute, then one summary for the rest. Thread-safe: the windows are guarded by
 * this object's lock.
 */
final class RejectionLog {

    static final int PER_WINDOW = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(RejectionLog.class.getName());

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    RejectionLog(Clock clock) {
        this.clock = clock;
    }

    /** A record that is no event of its topic. @param problem what is wrong with it, without quoting it */
    void invalid(ConsumerRecord<?, ?> record, String problem) {
        if (admit(record.topic())) {
            LOG.log(Level.WARNING, () -> "Rejected an invalid record: " + position(record) + ": " + problem);
        }
    }

    void failed(ConsumerRecord<?, ?> record, Throwable failure) {
        if (admit(record.topic())) {
            LOG.log(Level.WARNING, failure, () -> "Rejected a record that could not be processed: " + position(record));
        }
    }

    /** Writes the summaries of windows that are over. To be called now and then, and at the end. */
    void summarize() {
        Instant now = clock.instant();
        synchronized (this) {
            windows.forEach((topic, window) -> {
                if (window.isOver(now)) {
                    window.close(topic);
                }
            });
            windows.values().removeIf(window -> window.isOver(now));
        }
    }

    private synchronized boolean admit(String topic) {
        Instant now = clock.instant();
        Window window = windows.get(topic);
        if (window == null || window.isOver(now)) {
            if (window != null) {
                window.close(topic);
            }
            window = new Window(now);
            windows.put(topic, window);
        }
        return window.count();
    }

    private static String position(ConsumerRecord<?, ?> record) {
        return "topic %s, partition %d, offset %d".formatted(record.topic(), record.partition(), record.offset());
    }

    /** What one topic had to log since a moment. Guarded by the outer object's lock. */
    private static final class Window {

        private final Instant begin;
        private long records;

        Window(Instant begin) {
            this.begin = begin;
        }

        boolean isOver(Instant now) {
            return !now.isBefore(begin.plus(WINDOW));
        }

        boolean count() {
            return ++records <= PER_WINDOW;
        }

        void close(String topic) {
            long unlogged = records - PER_WINDOW;
            if (unlogged > 0) {
                LOG.log(
                        Level.WARNING,
                        () -> "Rejected %d more records of topic %s in the minute from %s"
                                .formatted(unlogged, topic, begin));
            }
        }
    }
}
