package app.realtime.api;

import java.util.Collection;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of an instance since its start.
 *
 * @param published those that came by HTTP and Kafka
 * @param delivered those as they went to sockets, one for each recipient
 * @param received those that clients sent
 */
public record EventCounts(long published, long delivered, long received) {

    static EventCounts sum(Collection<EventCounts> all) {
        return new EventCounts(
                sum(all, EventCounts::published), sum(all, EventCounts::delivered), sum(all, EventCounts::received));
    }

    private static long sum(Collection<EventCounts> all, ToLongFunction<EventCounts> part) {
        return all.stream().mapToLong(part).sum();
    }

    void write(ObjectNode node) {
        node.put("published", published).put("delivered", delivered).put("received", received);
    }
}
