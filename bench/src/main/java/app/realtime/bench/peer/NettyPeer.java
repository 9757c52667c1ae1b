package app.realtime.bench.peer;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The peer on netty-socketio: what the service does for an anonymous client, with the library as it comes. */
public final class NettyPeer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOM = "global";

    private final SocketIOServer server;

    private NettyPeer(int port) {
        Configuration configuration = new Configuration();
        configuration.setPort(port);
        // The heartbeat is the service's own default; everything else is the library's.
        configuration.setPingInterval(30_000);
        configuration.setPingTimeout(60_000);
        this.server = new SocketIOServer(configuration);
        server.addConnectListener(NettyPeer::connected);
        server.addEventListener("ping", Object.class, (client, data, ack) -> ping(client, ack));
    }

    public static void main(String[] arguments) throws IOException {
        // Without it, answers wait for the client's delayed acknowledgement of TCP.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        NettyPeer peer = new NettyPeer(Integer.parseInt(System.getenv("PORT")));
        peer.server.start();
        String brokers = System.getenv("KAFKA_BROKERS");
        if (!brokers.isEmpty()) {
            new NettyFeed(
                            brokers,
                            System.getenv("KAFKA_TOPIC_NOTIFICATIONS"),
                            record -> peer.send("notification", notification(record)))
                    .start();
        }
        HttpServer api =
                HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("API_PORT"))), 0);
        api.createContext("/api/broadcast/room", peer::publish);
        api.createContext("/health", exchange -> answer(exchange, Map.of("status", "healthy")));
        api.start();
    }

    private static void connected(SocketIOClient client) {
        client.joinRoom(ROOM);
        Map<String, Object> welcome = new LinkedHashMap<>();
        welcome.put("socketId", client.getSessionId().toString());
        welcome.put("userId", "anon-" + client.getSessionId());
        welcome.put("isAnonymous", true);
        welcome.put("rooms", List.of(ROOM));
        welcome.put("serverTime", now());
        client.sendEvent("connected", welcome);
    }

    private static void ping(SocketIOClient client, AckRequest ack) {
        String timestamp = now();
        client.sendEvent("pong", Map.of("timestamp", timestamp));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("timestamp", timestamp);
        ack.sendAckData(answer);
    }

    private void publish(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String event = body.path("event").asText();
        server.getRoomOperations(body.path("room").asText()).sendEvent(event, body.path("data"));
        answer(exchange, Map.of("success", true, "event", event, "timestamp", now()));
    }

    private void send(String event, Map<String, Object> data) {
        server.getRoomOperations(ROOM).sendEvent(event, data);
    }

    private static Map<String, Object> notification(byte[] record) throws IOException {
        JsonNode value = JSON.readTree(record);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "notification");
        event.put("notificationType", value.path("type"));
        event.put("title", value.path("title"));
        event.put("message", value.path("message"));
        event.put("priority", value.path("priority").asText("normal"));
        event.put("metadata", value.path("metadata"));
        event.put("timestamp", now());
        return event;
    }

    private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String now() {
        return Instant.now().toString();
    }
}
