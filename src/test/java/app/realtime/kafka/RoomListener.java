package app.realtime.kafka;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;

/** The official Java client in some rooms, and all that it has received there. Safe to use from any thread. */
final class RoomListener implements AutoCloseable {

    private static final Duration JOIN = Duration.ofSeconds(20);

    private final Socket socket;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    /** An event with one object as its payload. */
    record Event(String name, JSONObject payload) {}

    private RoomListener(URI service, String token) {
        socket = IO.socket(
                service,
                IO.Options.builder()
                        .setForceNew(true)
                        .setTransports(new String[] {WebSocket.NAME})
                        .setAuth(Map.of("token", token))
                        .build());
        socket.onAnyIncoming(event -> {
            if (event.length == 2 && event[1] instanceof JSONObject payload) {
                events.add(new Event((String) event[0], payload));
            }
        });
    }

    /** Connects and joins the rooms; returns when it is in all of them. */
    static RoomListener in(URI service, String token, String... rooms) {
        RoomListener listener = new RoomListener(service, token);
        CompletableFuture<Void> connected = new CompletableFuture<>();
        listener.socket.on(Socket.EVENT_CONNECT, nothing -> connected.complete(null));
        listener.socket.connect();
        connected.orTimeout(JOIN.toSeconds(), TimeUnit.SECONDS).join();
        for (String room : rooms) {
            listener.join(room);
        }
        return listener;
    }

    /** The values of one text field in all events of that name, in the order of their arrival. */
    List<String> received(String event, String field) {
        return events.stream()
                .filter(each -> each.name().equals(event))
                .map(each -> each.payload().optString(field))
                .toList();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void join(String room) {
        CompletableFuture<JSONObject> answer = new CompletableFuture<>();
        try {
            socket.emit("join_room", new Object[] {new JSONObject().put("room", room)}, (Ack)
                    acknowledgement -> answer.complete((JSONObject) acknowledgement[0]));
        } catch (JSONException e) {
            throw new IllegalArgumentException(e);
        }
        JSONObject joined = answer.orTimeout(JOIN.toSeconds(), TimeUnit.SECONDS).join();
        if (!joined.optBoolean("ok")) {
            throw new IllegalStateException("Could not join " + room + ": " + joined);
        }
    }
}
