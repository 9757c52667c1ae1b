package app.realtime.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Lets the Kafka client say a few things a minute about its connections. While a broker is away or a topic missing,
 * every consumer says so about once a second; {@link KafkaMonitor} says it once. Thread-safe: guarded by its own lock.
 */
final class ClientLogLimit implements Filter {

    static final int PER_WINDOW = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    // Held, because the log manager keeps loggers weakly and would forget the filter.
    private static final List<Logger> CLIENTS = Stream.of(
                    "org.apache.kafka.clients.ClientUtils",
                    "org.apache.kafka.clients.Metadata",
                    "org.apache.kafka.clients.NetworkClient",
                    "org.apache.kafka.clients.admin.internals.AdminMetadataManager")
            .map(Logger::getLogger)
            .toList();

    private final Clock clock;
    private Instant begin = Instant.EPOCH;
    private int passed;

    ClientLogLimit(Clock clock) {
        this.clock = clock;
    }

    void install() {
        CLIENTS.forEach(logger -> logger.setFilter(this));
    }

    void uninstall() {
        CLIENTS.stream().filter(logger -> logger.getFilter() == this).forEach(logger -> logger.setFilter(null));
    }

    @Override
    public synchronized boolean isLoggable(LogRecord message) {
        Instant now = clock.instant();
        if (!now.isBefore(begin.plus(WINDOW))) {
            begin = now;
            passed = 0;
        }
        return ++passed <= PER_WINDOW;
    }
}
