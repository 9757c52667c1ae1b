package app.realtime.events;

import tools.jackson.databind.JsonNode;

/**
 * Hears of every event after it was handed to its rooms. Thread-safe; must not block, throw or change the payload: it is
 * called on the thread that publishes.
 */
@FunctionalInterface
public interface PublicationObserver {

    /**
     * @param payload what the clients got
     * @param recipients the number of sockets of this instance that it went to
     */
    void published(PushEvent event, EventSource source, JsonNode payload, int recipients);
}
