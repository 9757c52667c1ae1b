package app.realtime.rooms;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import tools.jackson.databind.JsonNode;

/** Skeleton, replaced soon: only the signature counts for now. */
@ApplicationScoped
public class RoomManager {

    /**
     * Sends one event to everyone in at least one of the rooms; each socket gets it once.
     *
     * @return the number of local sockets that it went to
     */
    public int broadcast(Collection<RoomName> rooms, String event, JsonNode payload) {
        throw new UnsupportedOperationException();
    }
}
