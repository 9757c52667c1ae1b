package app.realtime.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A websocket of the JDK that speaks Engine.IO by hand, so that it can also say what no client would. Answers pings
 * unless told not to. Thread-safe: what is to be sent waits for what was sent before, under this object's lock.
 */
final class RawWebSocket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final Predicate<String> taker;
    private final boolean answersPings;
    private final WebSocket socket;
    private CompletableFuture<WebSocket> sent;
    private volatile JsonNode handshake;

    private RawWebSocket(HttpClient client, URI uri, boolean answersPings, Predicate<String> taker) {
        this.taker = taker;
        this.answersPings = answersPings;
        this.socket = client.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .buildAsync(uri, this)
                .join();
        this.sent = CompletableFuture.completedFuture(socket);
    }

    /** Opens an Engine.IO session on a websocket. */
    static RawWebSocket open(int port, String path) {
        return open(port, path, true, packet -> false);
    }

    /** @param taker is given each packet, on the client's threads; what it takes is not kept for {@link #next} */
    static RawWebSocket open(int port, String path, boolean answersPings, Predicate<String> taker) {
        return open(CLIENT, URI.create("ws://localhost:" + port + path), answersPings, taker);
    }

    /** @param uri of the endpoint, without a query */
    static RawWebSocket open(HttpClient client, URI uri, boolean answersPings, Predicate<String> taker) {
        RawWebSocket raw =
                new RawWebSocket(client, URI.create(uri + "?EIO=4&transport=websocket"), answersPings, taker);
        String open = raw.next();
        if (!open.startsWith("0")) {
            throw new AssertionError("Not an open packet: " + open);
        }
        raw.handshake = JsonMapper.shared().readTree(open.substring(1));
        Secrets.remember(raw.handshake.path("sid").asString());
        return raw;
    }

    /** Only the websocket, with a path and query of one's own. */
    static RawWebSocket bare(int port, String pathAndQuery) {
        return new RawWebSocket(CLIENT, URI.create("ws://localhost:" + port + pathAndQuery), true, packet -> false);
    }

    /** The fields of the open packet. */
    JsonNode handshake() {
        return handshake;
    }

    /** Connects to the main namespace and waits for {@code connected}. @param auth empty, or a JSON object */
    RawWebSocket connect(String auth) {
        send("40" + auth);
        next("40");
        next("42[\"connected\"");
        return this;
    }

    synchronized RawWebSocket send(String packet) {
        sent = sent.thenCompose(ready -> ready.sendText(packet, true));
        return this;
    }

    synchronized RawWebSocket send(byte[] packet) {
        sent = sent.thenCompose(ready -> ready.sendBinary(ByteBuffer.wrap(packet), true));
        return this;
    }

    /** Sends a binary message as several frames. */
    synchronized RawWebSocket sendInParts(byte[] packet, int size) {
        for (int begin = 0; begin < packet.length; begin += size) {
            int length = Math.min(size, packet.length - begin);
            ByteBuffer part = ByteBuffer.wrap(packet, begin, length);
            boolean last = begin + length == packet.length;
            sent = sent.thenCompose(ready -> ready.sendBinary(part, last));
        }
        return this;
    }

    /** Waits for the next packet; binary ones are given as {@code binary} and their length. */
    String next() {
        try {
            String packet = packets.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (packet == null) {
                throw new AssertionError("No packet came within " + PATIENCE_SECONDS + " s; closed: " + closed);
            }
            return packet;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Waits for a packet that begins so, and passes over others. */
    String next(String beginning) {
        String packet = next();
        while (!packet.startsWith(beginning)) {
            packet = next();
        }
        return packet;
    }

    /** Waits for the end; the websocket's close code, or -1 if it just broke. */
    int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The websocket is still open; unread: " + packets, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String packet = partial.toString();
            partial.setLength(0);
            if (packet.equals("2") && answersPings) {
                send("3");
            } else if (!taker.test(packet)) {
                packets.add(packet);
            }
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        packets.add("binary " + data.remaining());
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(-1);
    }

    /** Breaks the connection off. */
    @Override
    public void close() {
        socket.abort();
    }
}
