package app.realtime.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * One websocket of a {@link Crowd}, framed by hand. It answers pings as long as it reads. Thread-safe: what comes in
 * belongs to the crowd's thread, what goes out is guarded by this object's lock.
 */
final class CrowdMember {

    private static final int CLOSE = 8;
    private static final int TEXT = 1;

    private final Crowd crowd;
    private final SocketChannel channel;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private CompletableFuture<String> awaited = new CompletableFuture<>();
    private volatile String awaitedBeginning = "0";
    private volatile BiConsumer<CrowdMember, String> listener = (member, packet) -> {};
    private volatile String socketId = "";
    private ByteBuffer input = ByteBuffer.allocate(16 * 1024);

    CrowdMember(Crowd crowd, int port, int receiveBuffer) {
        this.crowd = crowd;
        try {
            this.channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            upgrade();
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upgrade() throws IOException {
        channel.write(StandardCharsets.ISO_8859_1.encode(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("No answer to the handshake: " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("No websocket: " + head);
        }
    }

    /** Called once, by the crowd. */
    void join(String token, String[] rooms, BiConsumer<CrowdMember, String> eventListener) {
        crowd.execute(() -> {
            try {
                channel.register(crowd.selector(), SelectionKey.OP_READ, this);
            } catch (IOException e) {
                broken(e);
            }
        });
        Secrets.remember(
                JsonMapper.shared().readTree(next().substring(1)).path("sid").asString());
        await("42[\"connected\"");
        send("40{\"token\":\"" + token + "\"}");
        String connected = next();
        int id = connected.indexOf("\"socketId\":\"") + 12;
        socketId = connected.substring(id, connected.indexOf('"', id));
        for (int i = 0; i < rooms.length; i++) {
            await("43" + i + "[");
            send("42" + i + "[\"join_room\",{\"room\":\"" + rooms[i] + "\"}]");
            if (!next().contains("\"ok\":true")) {
                throw new AssertionError("Could not join " + rooms[i]);
            }
        }
        listener = eventListener;
    }

    private synchronized void await(String beginning) {
        awaited = new CompletableFuture<>();
        awaitedBeginning = beginning;
    }

    private String next() {
        CompletableFuture<String> packet;
        synchronized (this) {
            packet = awaited;
        }
        return get(packet, awaitedBeginning);
    }

    /** The id of its socket, by which log lines name it. */
    String socketId() {
        return socketId;
    }

    /** Stops reading; returns when it has. */
    void stopReading() {
        interest(0);
    }

    void readOn() {
        interest(SelectionKey.OP_READ);
    }

    private void interest(int operations) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        crowd.execute(() -> {
            SelectionKey key = channel.keyFor(crowd.selector());
            if (key != null && key.isValid()) {
                key.interestOps(operations);
            }
            done.complete(null);
        });
        get(done, "the crowd's thread");
    }

    /** Called once, when the connection has ended or at once if it has, on any thread. */
    void onEnd(Runnable action) {
        ended.thenRun(action);
    }

    /** Ends the connection as a client does that goes away. */
    void breakOff() {
        crowd.execute(() -> broken(new IOException("Broken off")));
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** Sends one packet in one frame. */
    synchronized void send(String packet) {
        byte[] data = packet.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(data.length + 8).put((byte) (0x80 | TEXT));
        if (data.length < 126) {
            frame.put((byte) (0x80 | data.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) data.length);
        }
        // A mask of zeros leaves the data as they are.
        frame.putInt(0).put(data).flip();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    /** On the crowd's thread. */
    void readable() {
        try {
            int read = channel.read(input);
            if (read < 0) {
                broken(new IOException("The connection has ended"));
                return;
            }
            input.flip();
            boolean taken;
            do {
                taken = takeFrame();
            } while (taken);
            input.compact();
        } catch (IOException e) {
            broken(e);
        }
    }

    private boolean takeFrame() {
        if (input.remaining() < 2) {
            return false;
        }
        int begin = input.position();
        int operation = input.get() & 15;
        int length = input.get() & 127;
        int head = length == 126 ? 4 : length == 127 ? 10 : 2;
        if (input.limit() - begin >= head) {
            length = length == 126 ? input.getShort() & 0xffff : length == 127 ? (int) input.getLong() : length;
            if (input.remaining() >= length) {
                byte[] data = new byte[length];
                input.get(data);
                take(operation, data);
                return true;
            }
            makeRoom(begin, head + length);
        }
        input.position(begin);
        return false;
    }

    private void makeRoom(int begin, int frame) {
        if (frame > input.capacity()) {
            int limit = input.limit();
            input.position(0);
            input = ByteBuffer.allocate(2 * frame).put(input);
            input.limit(limit).position(begin);
        }
    }

    private void take(int operation, byte[] data) {
        if (operation == CLOSE) {
            ended.complete(null);
        } else if (operation == TEXT) {
            String packet = new String(data, StandardCharsets.UTF_8);
            if (packet.equals("2")) {
                send("3");
            } else if (packet.startsWith(awaitedBeginning)) {
                awaitedBeginning = "nothing";
                synchronized (this) {
                    awaited.complete(packet);
                }
            } else if (packet.startsWith("4")) {
                listener.accept(this, packet);
            }
        }
    }

    void broken(Exception cause) {
        ended.complete(null);
        awaited.completeExceptionally(cause);
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Waited in vain for " + what, e);
        }
    }
}
