package app.realtime.socketio.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What travels between a client and a namespace (Socket.IO protocol 5). Bytes stand in the arguments as Jackson's binary
 * nodes, at any depth; that a packet has some, and so becomes a "binary event", is the encoder's business.
 */
public sealed interface Packet {

    /** The namespace that the packet is for; {@code /} is the main one. */
    String namespace();

    /** From a client: asks to be connected, with its credentials. From the server: says that it is. */
    record Connect(String namespace, Optional<JsonNode> data) implements Packet {}

    /** From the server: why a client was not connected. From a client it is a violation. */
    record ConnectError(String namespace, JsonNode data) implements Packet {}

    /** The sender leaves the namespace. */
    record Disconnect(String namespace) implements Packet {}

    /**
     * An event.
     *
     * @param ackId present if the sender wants an acknowledgement
     * @param name the event's name
     * @param args what comes after the name
     */
    record Event(String namespace, OptionalLong ackId, String name, List<JsonNode> args) implements Packet {

        public Event {
            args = List.copyOf(args);
        }

        /** The same event, which asks for an acknowledgement. */
        public Event withAckId(long id) {
            return new Event(namespace, OptionalLong.of(id), name, args);
        }
    }

    /** The answer to an event that asked for one. */
    record Ack(String namespace, long ackId, List<JsonNode> args) implements Packet {

        public Ack {
            args = List.copyOf(args);
        }
    }

    /**
     * From a client: a packet that is well-formed and says nothing, to be ignored.
     *
     * @param violation what is missing in it
     */
    record Meaningless(String namespace, Violation violation) implements Packet {}
}
