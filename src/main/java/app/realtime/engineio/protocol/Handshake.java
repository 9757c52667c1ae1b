package app.realtime.engineio.protocol;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the server tells the client when a session opens (Engine.IO protocol 4, "Handshake").
 *
 * @param sid the session's id, a secret of the two sides
 * @param upgrades names of the transports that the session may move to
 * @param pingInterval how often the server pings
 * @param pingTimeout how long the other side may take to answer
 * @param maxPayload the most bytes of one message or polling body that the server takes
 */
public record Handshake(
        String sid, List<String> upgrades, Duration pingInterval, Duration pingTimeout, int maxPayload) {

    public Handshake {
        upgrades = List.copyOf(upgrades);
    }

    /** As JSON. Ids and transport names hold nothing that would need escaping. */
    String toJson() {
        return "{\"sid\":\"" + sid + "\",\"upgrades\":"
                + upgrades.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"))
                + ",\"pingInterval\":" + pingInterval.toMillis()
                + ",\"pingTimeout\":" + pingTimeout.toMillis()
                + ",\"maxPayload\":" + maxPayload + '}';
    }

    /** Without the session's id, which must not reach a log. */
    @Override
    public String toString() {
        return "Handshake[upgrades=" + upgrades + ", pingInterval=" + pingInterval + ", pingTimeout=" + pingTimeout
                + ", maxPayload=" + maxPayload + ']';
    }
}
