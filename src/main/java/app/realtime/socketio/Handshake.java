package app.realtime.socketio;

import app.realtime.engineio.HandshakeRequest;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * How a client asked to be connected to a namespace.
 *
 * @param request the HTTP request that opened its session
 * @param auth the credentials of its CONNECT packet; an empty object if it sent none
 * @param time when
 */
public record Handshake(HandshakeRequest request, JsonNode auth, Instant time) {

    /** Without the credentials. */
    @Override
    public String toString() {
        return "Handshake[request=" + request + ", time=" + time + ']';
    }
}
