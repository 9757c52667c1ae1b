package app.realtime.engineio.websocket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A connection whose socket is ours: nothing waits for its peer, and an {@link EventLoop} tells what the socket is ready
 * for.
 *
 * <p>Thread-safe as {@link Connection} asks for. This object's lock guards who reads: one thread at a time, usually the
 * loop's.
 */
final class ChannelConnection implements Connection, EventLoop.Member {

    /** Told what comes, by one thread at a time. */
    interface Input {

        /** @param bytes the caller's, and only until this returns */
        void received(byte[] bytes, int count);

        /** Nothing more is going to come. Told once. */
        void ended();
    }

    private static final Logger LOG = Logger.getLogger(ChannelConnection.class.getName());

    /**
     * What the kernel may hold for a peer that does not read. Left to itself it takes megabytes for each, and says that it
     * takes more only when a third of them has gone: nobody could tell a slow reader from one who has stopped.
     */
    private static final int KERNEL_BYTES = 128 << 10;

    private static final Input NOBODY = new Input() {
        @Override
        public void received(byte[] bytes, int count) {
            throw new IllegalStateException("Read before anybody listened");
        }

        @Override
        public void ended() {}
    };

    private final SocketChannel channel;
    private final EventLoop loop;
    private final SelectionKey key;
    private volatile Input input = NOBODY;
    private volatile Runnable whenWritable;
    /** Whether a thread is about what has come. */
    private boolean reading;
    /** Whether more has come meanwhile. */
    private boolean paused;

    /** @param channel not blocking */
    ChannelConnection(SocketChannel channel, EventLoop loop) throws ClosedChannelException {
        this.channel = channel;
        this.loop = loop;
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BYTES);
        } catch (IOException e) {
            LOG.log(Level.FINEST, "The connection has ended already", e);
        }
        this.key = loop.register(channel, this);
    }

    /** From now on that one is told what comes. To be called once. */
    void read(Input listener) {
        input = listener;
        want(SelectionKey.OP_READ);
    }

    @Override
    public boolean mayWait() {
        return false;
    }

    @Override
    public void send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    @Override
    public void whenWritable(Runnable task) {
        whenWritable = task;
        if (!want(SelectionKey.OP_WRITE)) {
            task.run();
        }
    }

    /** What waits in the kernel goes as well: otherwise it stays there for minutes, for a peer that does not read. */
    @Override
    public void forgetUnsent() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(Level.FINEST, "The connection has ended already", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A connection did not close in an orderly way", e);
        }
        // The socket is given back when the selector has looked at its key.
        loop.wakeUp();
    }

    /** False if the connection has ended. */
    private boolean want(int operation) {
        try {
            key.interestOpsOr(operation);
            loop.wakeUp();
            return true;
        } catch (CancelledKeyException e) {
            LOG.log(Level.FINEST, "The connection has ended already", e);
            return false;
        }
    }

    @Override
    public void ready(ByteBuffer buffer) {
        int operations = key.readyOps();
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            Runnable task = whenWritable;
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            task.run();
        }
        if ((operations & SelectionKey.OP_READ) != 0 && beginReading()) {
            try {
                readOnce(buffer);
            } finally {
                endReading();
            }
        }
    }

    /** False if another thread, which the loop has given up waiting for, is still about what came before. */
    private synchronized boolean beginReading() {
        if (reading) {
            paused = true;
            key.interestOpsAnd(~SelectionKey.OP_READ);
            return false;
        }
        reading = true;
        return true;
    }

    private synchronized void endReading() {
        reading = false;
        if (paused) {
            paused = false;
            want(SelectionKey.OP_READ);
        }
    }

    /** Once, so that one who sends without end does not keep the others waiting: the loop comes again for what is left. */
    private void readOnce(ByteBuffer buffer) {
        int count = receive(buffer.clear());
        if (count > 0) {
            input.received(buffer.array(), count);
        } else if (count < 0) {
            try {
                key.interestOpsAnd(~SelectionKey.OP_READ);
            } catch (CancelledKeyException e) {
                LOG.log(Level.FINEST, "The connection has been closed meanwhile", e);
            }
            input.ended();
        }
    }

    private int receive(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            LOG.log(Level.FINEST, "A peer has gone without a word", e);
            return -1;
        }
    }
}
