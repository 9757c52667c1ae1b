package app.realtime.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Hears every event of one socket, of one direction. Must not block. */
@FunctionalInterface
public interface CatchAllListener {

    void onEvent(String event, List<JsonNode> args);
}
