package app.realtime.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where {@code GET /api/stats} has its figures from. Thread-safe; does not block. */
@FunctionalInterface
public interface StatsSource {

    /** Soon, and never fails: instances that do not answer are left out. */
    CompletionStage<Stats> stats();

    /**
     * The figures of all instances together at one moment; events, Kafka and uptime are of this one.
     *
     * @param uniqueUsers users with at least one connection; the anonymous are not counted
     * @param rooms every room that somebody is in, in the order they are to be shown
     * @param events since the start
     * @param uptime since the start
     */
    record Stats(
            ConnectionCounts connections,
            int uniqueUsers,
            List<RoomCount> rooms,
            EventCounts events,
            KafkaReport kafka,
            ClusterReport cluster,
            Duration uptime) {

        public Stats {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * One room.
     *
     * @param name such as {@code survey:123}
     * @param connections sockets that are in it
     */
    record RoomCount(String name, int connections) {}
}
