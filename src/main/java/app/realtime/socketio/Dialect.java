package app.realtime.socketio;

import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.protocol.Revision;
import app.realtime.socketio.protocol.Packet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What differs between the generations of clients above their sessions: how they connect to namespaces. */
enum Dialect {

    /** Socket.IO 3 and later: protocol 5. */
    CURRENT {
        @Override
        Optional<Packet.Connect> impliedBy(HandshakeRequest request) {
            return Optional.empty();
        }

        @Override
        String namespace(String address) {
            return address;
        }

        @Override
        JsonNode auth(Packet.Connect connect) {
            return connect.data().orElseGet(JsonNodeFactory.instance::objectNode);
        }

        @Override
        Packet.Connect accepted(String namespace, String socketId) {
            return new Packet.Connect(
                    namespace, Optional.of(JsonNodeFactory.instance.objectNode().put("sid", socketId)));
        }

        @Override
        Packet.ConnectError refused(String namespace, String message, Optional<JsonNode> data) {
            ObjectNode error = JsonNodeFactory.instance.objectNode().put("message", message);
            data.ifPresent(details -> error.set("data", details));
            return new Packet.ConnectError(namespace, error);
        }
    },

    /**
     * Socket.IO 2: protocol 4. The handshake connects to {@code /}, and queries stand for credentials. Socket ids are our
     * own here too, although these clients take their session's for it: that one is a secret.
     */
    SOCKET_IO_2 {
        @Override
        Optional<Packet.Connect> impliedBy(HandshakeRequest request) {
            ObjectNode auth = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, String> parameter : request.query().entrySet()) {
                if (!ENGINE_PARAMETERS.contains(parameter.getKey())) {
                    auth.put(parameter.getKey(), parameter.getValue());
                }
            }
            return Optional.of(new Packet.Connect("/", Optional.of(auth)));
        }

        @Override
        String namespace(String address) {
            int query = address.indexOf('?');
            return query < 0 ? address : address.substring(0, query);
        }

        @Override
        JsonNode auth(Packet.Connect connect) {
            String address = connect.namespace();
            int query = address.indexOf('?');
            if (query < 0) {
                return connect.data().orElseGet(JsonNodeFactory.instance::objectNode);
            }
            ObjectNode auth = JsonNodeFactory.instance.objectNode();
            for (String parameter : address.substring(query + 1).split("&")) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                if (!name.isEmpty()) {
                    auth.put(decode(name), equals < 0 ? "" : decode(parameter.substring(equals + 1)));
                }
            }
            return auth;
        }

        @Override
        Packet.Connect accepted(String namespace, String socketId) {
            return new Packet.Connect(namespace, Optional.empty());
        }

        @Override
        Packet.ConnectError refused(String namespace, String message, Optional<JsonNode> data) {
            return new Packet.ConnectError(
                    namespace, data.orElseGet(() -> JsonNodeFactory.instance.stringNode(message)));
        }
    };

    /** Those that a client's transport adds to the handshake. */
    private static final Set<String> ENGINE_PARAMETERS = Set.of("EIO", "transport", "sid", "t", "b64", "j");

    static Dialect of(Revision revision) {
        return switch (revision) {
            case V3 -> SOCKET_IO_2;
            case V4 -> CURRENT;
        };
    }

    /** The CONNECT that the handshake itself is. */
    abstract Optional<Packet.Connect> impliedBy(HandshakeRequest request);

    /** The namespace that a client means by what stands in its place. */
    abstract String namespace(String address);

    /** The credentials of a CONNECT. */
    abstract JsonNode auth(Packet.Connect connect);

    abstract Packet.Connect accepted(String namespace, String socketId);

    abstract Packet.ConnectError refused(String namespace, String message, Optional<JsonNode> data);

    /** What is wrongly escaped stands as it is. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
