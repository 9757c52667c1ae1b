package app.realtime.api;

import java.time.Duration;
import java.util.List;

/** Where {@code GET /api/stats} has its figures from. Thread-safe; must not wait for the network. */
@FunctionalInterface
public interface StatsSource {

    Stats stats();

    /**
     * The figures of this instance at one moment.
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
            ClusterState cluster,
            Duration uptime) {

        public Stats {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * One room.
     *
     * @param name such as {@code survey:123}
     * @param connections sockets of this instance that are in it
     */
    record RoomCount(String name, int connections) {}
}
