package app.realtime.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Looks at every event of a socket before its listener does. */
@FunctionalInterface
public interface EventGate {

    /** False: the event is not processed. A gate that refuses may answer by itself. */
    boolean admit(String event, List<JsonNode> args, Acknowledgement acknowledgement);
}
