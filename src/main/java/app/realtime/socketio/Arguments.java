package app.realtime.socketio;

import app.realtime.socketio.protocol.EventNames;
import app.realtime.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the application sends, as trees: those as they are, bytes as attachments, all else as Jackson writes it. */
final class Arguments {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Arguments() {}

    static JsonNode tree(Object value) {
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof String text) {
            return JsonNodeFactory.instance.stringNode(text);
        }
        try {
            return MAPPER.valueToTree(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Cannot be sent as JSON: " + value.getClass(), e);
        }
    }

    static List<JsonNode> trees(Object... values) {
        List<JsonNode> trees = new ArrayList<>(values.length);
        for (Object value : values) {
            trees.add(tree(value));
        }
        return trees;
    }

    static Packet.Event event(String namespace, String event, List<JsonNode> args) {
        if (EventNames.isReserved(event)) {
            throw new IllegalArgumentException('"' + event + "\" is a reserved event name");
        }
        return new Packet.Event(namespace, OptionalLong.empty(), event, args);
    }
}
