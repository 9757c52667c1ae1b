package app.realtime.conformance;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A websocket that answers nothing by itself. What it waits for must come within five seconds. For one test's thread. */
final class Frames implements WebSocket.Listener, AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    /** Strings and byte arrays, in the order of their coming. */
    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    /** The two are used by the client's threads alone, one at a time. */
    private final StringBuilder text = new StringBuilder();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private WebSocket socket;

    private Frames() {}

    static CompletableFuture<Frames> open(HttpClient client, URI uri) {
        Frames frames = new Frames();
        return client.newWebSocketBuilder().buildAsync(uri, frames).thenApply(socket -> {
            frames.socket = socket;
            return frames;
        });
    }

    /** Returns when the frame has been handed to the system. */
    Frames send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    Frames send(int... message) {
        ByteBuffer buffer = ByteBuffer.allocate(message.length);
        for (int value : message) {
            buffer.put((byte) value);
        }
        socket.sendBinary(buffer.flip(), true).join();
        return this;
    }

    /** The next message, which must be text. */
    String text() {
        Object message = message();
        if (message instanceof String string) {
            return string;
        }
        throw new AssertionError("Bytes came where text was expected");
    }

    /** The next message, which must be binary. */
    byte[] bytes() {
        Object message = message();
        if (message instanceof byte[] data) {
            return data;
        }
        throw new AssertionError("Text came where bytes were expected: " + message);
    }

    /** So many messages, not counting the pings of revision 4. */
    List<Object> messagesButPings(int count) {
        List<Object> found = new ArrayList<>();
        while (found.size() < count) {
            Object message = message();
            if (!message.equals("2")) {
                found.add(message);
            }
        }
        return found;
    }

    /** Waits until the websocket has ended, in whatever way. */
    void awaitClose() {
        try {
            closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The websocket is still open; unread: " + messages, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Object message() {
        try {
            Object message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("Nothing came; closed: " + closed);
            }
            return message;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted", e);
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
        if (last) {
            messages.add(bytes.toByteArray());
            bytes.reset();
        }
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

    @Override
    public void close() {
        socket.abort();
    }
}
