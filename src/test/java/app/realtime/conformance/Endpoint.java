package app.realtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An Engine.IO endpoint as a client sees it that speaks one revision by hand.
 *
 * @param path with slashes around
 * @param revision the value of {@code EIO}
 */
record Endpoint(int port, String path, int revision) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param query as it is */
    Answer get(String query) {
        return send("GET", query, BodyPublishers.noBody());
    }

    Answer poll(String sid) {
        return get(pollingQuery(sid));
    }

    Answer push(String sid, String payload) {
        return send("POST", pollingQuery(sid), BodyPublishers.ofString(payload));
    }

    /** A request without a body. */
    Answer send(String method, String query) {
        return send(method, query, BodyPublishers.noBody());
    }

    /** Cancelled, it breaks the connection off. */
    CompletableFuture<Answer> pollLater(String sid) {
        return later("GET", pollingQuery(sid), BodyPublishers.noBody());
    }

    CompletableFuture<Answer> pushLater(String sid, String payload) {
        return later("POST", pollingQuery(sid), BodyPublishers.ofString(payload));
    }

    /** The handshake of a new session, from an answer that begins with the packet's type. */
    static JsonNode handshake(String packet) {
        if (!packet.startsWith("0")) {
            throw new AssertionError("No handshake: " + packet);
        }
        return JsonMapper.shared().readTree(packet.substring(1));
    }

    /** Opens a session by polling in revision 4; its id. */
    String open() {
        return handshake(get(query("polling")).text()).path("sid").asString();
    }

    /** A new session on a websocket. */
    Frames connect() {
        return connect(query("websocket"));
    }

    /** A new session on a websocket, whose handshake has come. */
    Frames connectAndGreet() {
        Frames frames = connect();
        handshake(frames.text());
        return frames;
    }

    /** A websocket for that session, which has been probed. */
    Frames probe(String sid) {
        Frames frames = connect(query("websocket") + "&sid=" + sid);
        assertThat(frames.send("2probe").text()).isEqualTo("3probe");
        return frames;
    }

    /** A websocket for that session is refused or closed. */
    void assertNoWebSocketFor(String sid) {
        try (Frames frames = connect(query("websocket") + "&sid=" + sid)) {
            frames.awaitClose();
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    /** The endpoint accepts a payload, and answers the next poll with the same. */
    void assertEchoes(String sid, String payload) {
        Answer push = push(sid, payload);
        assertThat(push.status()).isEqualTo(200);
        assertThat(push.text()).isEqualTo("ok");
        Answer poll = poll(sid);
        assertThat(poll.status()).isEqualTo(200);
        assertThat(poll.text()).isEqualTo(payload);
    }

    Frames connect(String query) {
        return Frames.open(CLIENT, uri("ws", query)).join();
    }

    /** The HTTP status by which a websocket is refused. */
    int refusal(String query) {
        try (Frames frames = connect(query)) {
            throw new AssertionError("A websocket was opened for " + query + ": " + frames);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    String query(String transport) {
        return "EIO=" + revision + "&transport=" + transport;
    }

    private String pollingQuery(String sid) {
        return query("polling") + "&sid=" + sid;
    }

    private Answer send(String method, String query, BodyPublisher body) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request(method, query, body), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private CompletableFuture<Answer> later(String method, String query, BodyPublisher body) {
        return CLIENT.sendAsync(request(method, query, body), BodyHandlers.ofByteArray())
                .thenApply(response -> new Answer(response.statusCode(), response.body()));
    }

    private HttpRequest request(String method, String query, BodyPublisher body) {
        return HttpRequest.newBuilder(uri("http", query)).method(method, body).build();
    }

    private URI uri(String scheme, String query) {
        return URI.create(scheme + "://127.0.0.1:" + port + path + "?" + query);
    }
}
