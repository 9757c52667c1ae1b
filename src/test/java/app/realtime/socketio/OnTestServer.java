package app.realtime.socketio;

import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;

/** A server in memory for each test. */
@Timeout(60)
abstract class OnTestServer {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    final TestServer server = new TestServer();
    private final List<Socket> connected = new CopyOnWriteArrayList<>();

    OnTestServer() {
        server.main().onConnection(connected::add);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The server's end of the last connection to the main namespace. */
    Socket connectedSocket() {
        await().until(() -> !connected.isEmpty());
        return connected.get(connected.size() - 1);
    }

    /** The server's end of this connection. */
    Socket socketOf(TestClient client) {
        return await().until(
                        () -> connected.stream()
                                .filter(socket -> socket.id().equals(client.sid()))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** Waits for it, and not for ever. */
    static <T> T result(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        await().until(future::isDone);
        return future.join();
    }

    boolean nobodyConnected() {
        return connected.isEmpty();
    }
}
