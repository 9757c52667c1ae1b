package app.realtime.fuzz;

import app.realtime.contract.TokenMint;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONException;
import org.json.JSONObject;

/** The official client, which must be served correctly whatever others do. Thread-safe. */
final class Neighbour implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Socket socket;
    private final CompletableFuture<String> connected = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final BlockingQueue<String> joined = new LinkedBlockingQueue<>();

    private Neighbour(URI uri, String... transports) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setAuth(Map.of("token", new TokenMint(TokenMint.DEFAULT_SECRET).user("neighbour")))
                .setReconnection(false)
                .setTransports(transports)
                .build();
        socket = IO.socket(uri, options);
        socket.on(Socket.EVENT_CONNECT, args -> connected.complete(""));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                args -> connected.completeExceptionally(new IllegalStateException(String.valueOf(args[0]))));
        socket.on(Socket.EVENT_DISCONNECT, args -> lost.complete(String.valueOf(args[0])));
        socket.on("room_joined", args -> joined.add(((JSONObject) args[0]).optString("room")));
        socket.connect();
        await(connected);
    }

    static Neighbour connect(URI uri, String... transports) {
        return new Neighbour(uri, transports);
    }

    /** Joins a room, is told so by an event and by an acknowledgement, and leaves it. */
    void use(String room) {
        expect("{\"ok\":true", ask("join_room", room));
        try {
            expect(room, joined.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        expect("{\"ok\":true", ask("leave_room", room));
    }

    private String ask(String event, String room) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try {
            JSONObject argument = new JSONObject().put("room", room);
            socket.emit(event, new Object[] {argument}, (Ack) args -> answer.complete(String.valueOf(args[0])));
        } catch (JSONException e) {
            throw new IllegalArgumentException(e);
        }
        return await(answer);
    }

    private void expect(String beginning, String actual) {
        if (actual == null || !actual.startsWith(beginning)) {
            throw new AssertionError("Expected " + beginning + ", got " + actual + "; lost: " + lost);
        }
    }

    private String await(CompletableFuture<String> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The neighbour is not served; lost: " + lost, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
