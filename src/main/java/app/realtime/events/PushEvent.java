package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A valid event on its way to rooms. The JSON trees in it are those of the body that it was read from, shared and not
 * copied: nobody may change them, and then an event is immutable.
 */
public sealed interface PushEvent permits ResponseNew, AnalyticsUpdate, SurveyorLocation, Notification, CustomEvent {

    /** The name that clients listen for. */
    String name();

    /** Where it goes: at least one room. */
    Set<RoomName> rooms();

    /** What arrives at the clients. */
    JsonNode payload(Instant serverTime);
}
