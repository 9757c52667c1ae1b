package app.realtime.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A Socket.IO client that does just one thing, and that fast: it joins a room and notes which numbers arrive. Its websocket's
 * thread owns it; the numbers go to a {@link Tally}.
 */
final class Receiver implements WebSocket.Listener, AutoCloseable {

    private static final Duration TIME = Duration.ofSeconds(20);

    private final String token;
    private final String room;
    private final Tally delivered;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private Receiver(String token, String room, Tally delivered) {
        this.token = token;
        this.room = room;
        this.delivered = delivered;
    }

    /** Returns when it is in the room. */
    static Receiver in(URI service, String token, String room, Tally delivered) {
        Receiver receiver = new Receiver(token, room, delivered);
        URI endpoint = URI.create("ws://" + service.getAuthority() + "/socket.io/?EIO=4&transport=websocket");
        receiver.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(endpoint, receiver)
                .orTimeout(TIME.toSeconds(), TimeUnit.SECONDS)
                .join();
        receiver.joined.orTimeout(TIME.toSeconds(), TimeUnit.SECONDS).join();
        return receiver;
    }

    /** Whether the service has ended the connection. */
    boolean isCut() {
        return ended.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received(from, text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void received(WebSocket from, String packet) {
        if (packet.startsWith("42[\"response.new\"") || packet.startsWith("42[\"chaos\"")) {
            delivered.add(packet);
        } else if (packet.equals("2")) {
            from.sendText("3", true);
        } else if (packet.startsWith("0")) {
            from.sendText("40{\"token\":\"" + token + "\"}", true);
        } else if (packet.startsWith("40")) {
            from.sendText("42[\"join_room\",{\"room\":\"" + room + "\"}]", true);
        } else if (packet.startsWith("42[\"room_joined\"")) {
            joined.complete(null);
        } else if (packet.startsWith("44") || packet.startsWith("42[\"error\"")) {
            joined.completeExceptionally(new IllegalStateException(packet));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ended.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        joined.completeExceptionally(error);
        ended.complete(null);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
