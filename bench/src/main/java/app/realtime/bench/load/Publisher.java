package app.realtime.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Publishes by the HTTP API, one broadcast after the other on one connection. Not safe for use by several threads. */
public final class Publisher implements EventSource {

    private static final String PATH = "/api/broadcast/room";

    private final Endpoint server;
    private final String text;
    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(64 * 1024);

    /** @param size of the event's packet on the wire, in bytes, within one or two */
    public Publisher(Endpoint server, int size) {
        this.server = server;
        this.text = "x".repeat(Math.max(1, size - 78));
        try {
            this.channel = SocketChannel.open(server.address());
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not reach the HTTP API of " + server, e);
        }
    }

    /** Returns when the server has answered. */
    @Override
    public void publish(long at) {
        String event = "{\"room\":\"global\",\"event\":\"load\",\"data\":{\"at\":" + at
                + ",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"text\":\"" + text + "\"}}";
        byte[] body = event.getBytes(StandardCharsets.US_ASCII);
        byte[] head = server.request(
                "POST", PATH, "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
        try {
            ByteBuffer request = ByteBuffer.allocate(head.length + body.length)
                    .put(head)
                    .put(body)
                    .flip();
            while (request.hasRemaining()) {
                channel.write(request);
            }
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not publish to " + server, e);
        }
    }

    private void awaitAnswer() throws IOException {
        input.clear();
        Optional<HttpAnswer> answer = Optional.empty();
        while (answer.isEmpty()) {
            if (channel.read(input) < 0) {
                throw new EOFException("The HTTP API closed the connection");
            }
            ByteBuffer read = input.duplicate().flip();
            answer = HttpAnswer.take(read);
        }
        if (answer.get().status() != 200) {
            ByteBuffer body = answer.get().body();
            throw new IOException("The HTTP API answered " + answer.get().status() + ": "
                    + Client.text(body, body.position(), body.limit()));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
