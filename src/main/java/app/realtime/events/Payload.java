package app.realtime.events;

import app.realtime.json.Timestamps;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts a payload together in the order of the calls; what is absent is left out. For one thread. */
final class Payload {

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    Payload(String type) {
        node.put("type", type);
    }

    Payload put(String field, String value) {
        node.put(field, value);
        return this;
    }

    Payload putText(String field, Optional<String> value) {
        value.ifPresent(text -> node.put(field, text));
        return this;
    }

    Payload putNode(String field, Optional<JsonNode> value) {
        value.ifPresent(json -> node.set(field, json));
        return this;
    }

    ObjectNode at(Instant serverTime) {
        return node.put("timestamp", Timestamps.format(serverTime));
    }
}
