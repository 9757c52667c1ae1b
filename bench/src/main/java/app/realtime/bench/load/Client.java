package app.realtime.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A Socket.IO client as far as a benchmark needs one: the main namespace and text. Owned by the loop's thread. */
public abstract class Client extends Connection {

    private static final byte[] CONNECT = {'4', '0'};
    private static final byte[] PONG = {'3'};

    private final Traffic traffic;
    private boolean connected;
    private boolean leaving;

    Client(Loop loop, Endpoint server, int number, Traffic traffic) throws IOException {
        super(loop, server, number);
        this.traffic = traffic;
    }

    /** Sends one Engine.IO packet. */
    public abstract void send(byte[] packet);

    /** Says goodbye in the transport's way. */
    abstract void goodbye();

    /** Leaves; the end of the connection is told to the {@link Traffic}. */
    final void leave() {
        leaving = true;
        goodbye();
    }

    final boolean isLeaving() {
        return leaving;
    }

    final boolean isConnected() {
        return connected;
    }

    /** Takes one Engine.IO packet of the server. */
    final void packet(ByteBuffer buffer, int from, int to) {
        switch (buffer.get(from)) {
            case '0' -> {
                handshake(buffer, from, to);
                send(CONNECT);
            }
            case '2' -> send(PONG);
            case '4' -> message(buffer, from, to);
            case '6' -> {
                // A noop lets a poll go; there is nothing to do.
            }
            default -> end("the server sent " + text(buffer, from, to));
        }
    }

    private void message(ByteBuffer buffer, int from, int to) {
        switch (buffer.get(from + 1)) {
            case '0' -> {
                connected = true;
                traffic.connected(this);
            }
            case '2' -> traffic.event(this, buffer, from, to);
            case '3' -> traffic.acknowledged(this);
            default -> end("the server sent " + text(buffer, from, to));
        }
    }

    /** The session's data, in the packet that opens it. */
    void handshake(ByteBuffer buffer, int from, int to) {}

    @Override
    final void ended(String why) {
        traffic.ended(this, why);
    }

    static String text(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
