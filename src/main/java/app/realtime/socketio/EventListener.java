package app.realtime.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Hears one kind of event of one socket: one event at a time, in the client's order. Must not block. */
@FunctionalInterface
public interface EventListener {

    /** @param args what came with the event, as the client sent it: any number, of any type */
    void onEvent(List<JsonNode> args, Acknowledgement acknowledgement);
}
