package app.realtime.kafka.route;

import app.realtime.events.AnalyticsUpdate;
import app.realtime.events.InvalidEventException;
import app.realtime.events.Notification;
import app.realtime.events.PushEvent;
import app.realtime.events.ResponseNew;
import app.realtime.events.SurveyorLocation;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Every topic that is read, and its route. Immutable. */
public final class Routes {

    private final Map<String, Route> byTopic;

    /** @throws IllegalArgumentException if two routes have one topic */
    public Routes(Collection<Route> routes) {
        Map<String, Route> all = new LinkedHashMap<>();
        for (Route route : routes) {
            if (all.put(route.topic(), route) != null) {
                throw new IllegalArgumentException("Two routes have the topic " + route.topic());
            }
        }
        byTopic = Collections.unmodifiableMap(all);
    }

    /** The four that are built in. */
    public static List<Route> builtIn(String responses, String analytics, String locations, String notifications) {
        return List.of(
                route(responses, ResponseNew::from),
                route(analytics, AnalyticsUpdate::from),
                route(locations, SurveyorLocation::from),
                route(notifications, Notification::from));
    }

    /** The topics, in the order of the routes. */
    public Set<String> topics() {
        return byTopic.keySet();
    }

    public Optional<Route> of(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    /** Reads an event from a value alone. */
    @FunctionalInterface
    private interface ValueReader {
        PushEvent read(JsonNode value) throws InvalidEventException;
    }

    private static Route route(String topic, ValueReader reader) {
        return new Route(topic, content -> reader.read(content.value()));
    }
}
