package app.realtime.socketio;

import app.realtime.engineio.HandshakeRequest;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a client asked to be connected to a namespace.
 *
 * @param request the HTTP request that opened its session
 * @param auth the credentials of its CONNECT packet, or of the query with Socket.IO 2; an empty object if it sent none
 * @param time when
 */
public record Handshake(HandshakeRequest request, JsonNode auth, Instant time) {

    private static final List<String> HARMLESS_HEADERS = List.of("origin", "user-agent", "accept-language");

    /** What other instances may know: nothing that opens anything. */
    JsonNode describe() {
        ObjectNode description = JsonNodeFactory.instance
                .objectNode()
                .put("address", request.clientAddress().getHostAddress())
                .put("time", time.toString())
                .put("secure", request.secure());
        ObjectNode headers = description.putObject("headers");
        HARMLESS_HEADERS.forEach(name -> request.header(name).ifPresent(value -> headers.put(name, value)));
        return description;
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "Handshake[request=" + request + ", time=" + time + ']';
    }
}
