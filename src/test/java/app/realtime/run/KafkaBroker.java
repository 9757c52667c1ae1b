package app.realtime.run;

import java.util.Collection;

/** A Kafka broker of the caller's own, for development and tests. Closing it ends it. */
public interface KafkaBroker extends AutoCloseable {

    /** Where clients on this machine reach it: host and port, the same for its whole life, restarts included. */
    String bootstrapServers();

    /** Makes those of the topics that are missing, each with that many partitions. */
    default void createTopics(Collection<String> names, int partitions) {
        BrokerAdmin.createTopics(bootstrapServers(), names, partitions);
    }

    /** Ends it at once, as a crash would. Its data stays. */
    void kill();

    /** Starts it again after {@link #kill()}, with the same address and data; returns when it answers. */
    void restart();

    @Override
    void close();

    /**
     * Starts a broker: in a container where Docker answers, else as a child process. Which one it is, is logged.
     */
    static KafkaBroker start() {
        return BrokerChoice.start();
    }
}
