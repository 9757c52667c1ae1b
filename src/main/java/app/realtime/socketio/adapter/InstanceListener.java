package app.realtime.socketio.adapter;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Hears what the application says to itself on another instance. Thread-safe; does not block. */
@FunctionalInterface
public interface InstanceListener {

    /** @param answer where the other instance waits for one; takes the first only */
    void told(String event, List<JsonNode> args, Optional<Consumer<JsonNode>> answer);
}
