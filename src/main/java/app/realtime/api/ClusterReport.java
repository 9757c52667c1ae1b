package app.realtime.api;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The instances of the service.
 *
 * @param instances this one first; of the others those that have answered
 */
public record ClusterReport(ClusterState state, List<Instance> instances) {

    public ClusterReport {
        instances = List.copyOf(instances);
    }

    /**
     * What one instance has.
     *
     * @param id another one for each start
     * @param name that of its host
     * @param self whether it is the one that answers
     * @param rooms with at least one member on it
     */
    public record Instance(
            String id,
            String name,
            boolean self,
            ConnectionCounts connections,
            int uniqueUsers,
            int rooms,
            EventCounts events,
            Duration uptime) {}

    void write(ObjectNode node) {
        node.put("state", state.label());
        if (instances.isEmpty()) {
            return;
        }
        EventCounts.sum(instances.stream().map(Instance::events).toList()).write(node.putObject("events"));
        var list = node.putArray("instances");
        for (Instance instance : instances) {
            ObjectNode entry = list.addObject()
                    .put("id", instance.id())
                    .put("name", instance.name())
                    .put("self", instance.self());
            instance.connections().write(entry);
            entry.put("totalRooms", instance.rooms())
                    .put("uniqueUsers", instance.uniqueUsers())
                    .put("uptime", instance.uptime().toSeconds());
            instance.events().write(entry.putObject("events"));
        }
    }
}
