package app.realtime.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A client that polls, with its requests one after the other on one connection: what it has to say goes out between two
 * polls. A server that closes each connection after its answer gets a new one for each request. Owned by the loop's thread.
 */
final class PollingClient extends Client {

    private static final byte SEPARATOR = 0x1e;
    private static final byte[] CLOSE = {'1'};
    private static final String SID = "\"sid\":\"";

    private final Endpoint server;
    /** Whether it polls on when it is connected. */
    private final boolean staying;

    private final ByteArrayOutputStream outbox = new ByteArrayOutputStream();
    private String target = "/socket.io/?EIO=4&transport=polling";
    private Optional<ByteBuffer> unasked = Optional.empty();
    private boolean posting;
    private boolean waiting;
    private int requests;

    PollingClient(Loop loop, Endpoint server, int number, Traffic traffic, boolean staying) throws IOException {
        super(loop, server, number, traffic);
        this.server = server;
        this.staying = staying;
    }

    @Override
    void opened() {
        if (unasked.isPresent()) {
            send(unasked.get());
            unasked = Optional.empty();
        } else {
            next();
        }
    }

    @Override
    void received(ByteBuffer input) {
        Optional<HttpAnswer> answer = HttpAnswer.take(input);
        if (answer.isEmpty()) {
            return;
        }
        waiting = false;
        if (!server.keepsAlive()) {
            disconnect();
        }
        if (answer.get().status() != 200) {
            end("the server answered " + answer.get().status());
        } else if (!posting) {
            payload(answer.get().body());
            next();
        } else if (isLeaving() && outbox.size() == 0) {
            end("left");
        } else {
            next();
        }
    }

    private void payload(ByteBuffer body) {
        int from = body.position();
        for (int i = from; i < body.limit(); i++) {
            if (body.get(i) == SEPARATOR) {
                packet(body, from, i);
                from = i + 1;
            }
        }
        packet(body, from, body.limit());
    }

    private void next() {
        if (outbox.size() > 0) {
            byte[] body = outbox.toByteArray();
            outbox.reset();
            posting = true;
            request("POST", "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + body.length + "\r\n", body);
        } else if (!isConnected() || staying) {
            posting = false;
            request("GET", "", new byte[0]);
        }
    }

    private void request(String method, String headers, byte[] body) {
        byte[] head = server.request(method, target, headers);
        ByteBuffer request = ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
        waiting = true;
        if (server.keepsAlive() || requests++ == 0) {
            send(request);
        } else {
            unasked = Optional.of(request);
            reconnect();
        }
    }

    @Override
    public void send(byte[] packet) {
        if (outbox.size() > 0) {
            outbox.write(SEPARATOR);
        }
        outbox.writeBytes(packet);
    }

    /** While a poll waits, its end must come first: the next broadcast, or the heartbeat, brings it. */
    @Override
    void goodbye() {
        send(CLOSE);
        if (!waiting) {
            next();
        }
    }

    @Override
    void handshake(ByteBuffer buffer, int from, int to) {
        String text = text(buffer, from, to);
        int begin = text.indexOf(SID) + SID.length();
        target = "/socket.io/?EIO=4&transport=polling&sid=" + text.substring(begin, text.indexOf('"', begin));
    }
}
