package app.realtime.engineio.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A websocket whose session another instance owns: what comes by one connection goes out by the other, as it is, and is not read
 * faster than the other takes it. When one ends, so does the other.
 *
 * <p>Guarded by its own lock; nothing waits under it.
 */
final class Tunnel {

    /** Until the owner has agreed. */
    static final Duration OPENING = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Tunnel.class.getName());
    private static final int MAX_HEAD_BYTES = 8_192;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SWITCHED = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

    private final EventLoop loop;
    private final End client;
    private final End owner;
    private final Runnable refused;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    /** How much of the end of the owner's head has just come. */
    private int endMatched;

    private boolean agreed;
    private boolean closed;

    /**
     * @param head the request to the owner, whose answer the client does not see: it has had its own
     * @param refused run if the owner does not agree
     */
    Tunnel(TakenSocket taken, EventLoop loop, byte[] head, Runnable refused) throws IOException {
        this.loop = loop;
        this.refused = refused;
        this.client = new End(taken.channel());
        this.owner = new End(SocketChannel.open());
        this.owner.channel.configureBlocking(false);
        ByteBuffer first = ByteBuffer.allocate(head.length + taken.early().length);
        this.owner.unsent = first.put(head).put(taken.early()).flip();
    }

    synchronized void open(InetSocketAddress address) throws IOException {
        client.register();
        owner.register();
        if (owner.channel.connect(address)) {
            owner.connected();
        } else {
            owner.want(SelectionKey.OP_CONNECT);
        }
    }

    /** Ends a tunnel that the owner has not agreed to. */
    synchronized void giveUp() {
        if (!agreed) {
            close();
        }
    }

    private synchronized void close() {
        if (!closed) {
            closed = true;
            client.end();
            owner.end();
            loop.wakeUp();
            if (!agreed) {
                refused.run();
            }
        }
    }

    /** Whether the owner has agreed; what it has sent beyond its answer is already the client's. */
    private boolean agree(ByteBuffer received) throws IOException {
        while (received.hasRemaining() && endMatched < END_OF_HEAD.length) {
            byte next = received.get();
            answer.write(next);
            endMatched = next == END_OF_HEAD[endMatched] ? endMatched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
            if (answer.size() > MAX_HEAD_BYTES) {
                throw new IOException("The owner's answer has no end");
            }
        }
        if (endMatched < END_OF_HEAD.length) {
            return false;
        }
        byte[] head = answer.toByteArray();
        for (int i = 0; i < SWITCHED.length; i++) {
            if (head[i] != SWITCHED[i]) {
                throw new IOException("The owner does not take the websocket");
            }
        }
        client.want(SelectionKey.OP_READ);
        return true;
    }

    /** One of the two connections. */
    private final class End implements EventLoop.Member {

        private final SocketChannel channel;
        private SelectionKey key;
        /** What this end has still to send; the other end is not read meanwhile. */
        private ByteBuffer unsent = ByteBuffer.allocate(0);
        /** Whether it ends once all has been sent. */
        private boolean ending;

        End(SocketChannel channel) {
            this.channel = channel;
        }

        void register() throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            key = loop.register(channel, this);
        }

        private End other() {
            return this == client ? owner : client;
        }

        @Override
        public void ready(ByteBuffer buffer) {
            synchronized (Tunnel.this) {
                try {
                    proceed(key.readyOps(), buffer);
                } catch (IOException | CancelledKeyException e) {
                    LOG.log(Level.FINE, "A passed on websocket ends", e);
                    Tunnel.this.close();
                }
            }
        }

        private void proceed(int operations, ByteBuffer buffer) throws IOException {
            if ((operations & SelectionKey.OP_CONNECT) != 0) {
                channel.finishConnect();
                connected();
            } else if ((operations & SelectionKey.OP_WRITE) != 0) {
                flush();
            }
            if ((operations & SelectionKey.OP_READ) != 0) {
                read(buffer);
            }
        }

        private void connected() throws IOException {
            key.interestOps(SelectionKey.OP_READ);
            loop.wakeUp();
            flush();
        }

        private void read(ByteBuffer buffer) throws IOException {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                key.interestOpsAnd(~SelectionKey.OP_READ);
                other().ending = true;
                other().flush();
                return;
            }
            buffer.flip();
            if (!agreed) {
                agreed = agree(buffer);
            }
            if (buffer.hasRemaining()) {
                other().send(buffer);
            }
        }

        private void send(ByteBuffer bytes) throws IOException {
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                unsent = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                other().key.interestOpsAnd(~SelectionKey.OP_READ);
                want(SelectionKey.OP_WRITE);
            }
        }

        private void flush() throws IOException {
            channel.write(unsent);
            if (unsent.hasRemaining()) {
                want(SelectionKey.OP_WRITE);
                return;
            }
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            if (ending) {
                Tunnel.this.close();
            } else if (agreed) {
                other().want(SelectionKey.OP_READ);
            }
        }

        private void want(int operation) {
            key.interestOpsOr(operation);
            loop.wakeUp();
        }

        @Override
        public void close() {
            Tunnel.this.close();
        }

        private void end() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(Level.FINE, "A connection did not close in an orderly way", e);
            }
        }
    }
}
