package app.realtime.engineio.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An end of a {@link Tunnel}, under whose lock it is, that an event loop reads and writes. */
final class ChannelEnd implements Tunnel.End, EventLoop.Member {

    private static final Logger LOG = Logger.getLogger(ChannelEnd.class.getName());

    private final Tunnel tunnel;
    private final EventLoop loop;
    private final SocketChannel channel;
    private final int maxUnsent;
    private SelectionKey key;
    private ByteBuffer unsent = ByteBuffer.allocate(0);

    /**
     * @param channel not blocking
     * @param maxUnsent how many bytes may wait for the peer, where the other end cannot be told to wait
     */
    ChannelEnd(Tunnel tunnel, EventLoop loop, SocketChannel channel, int maxUnsent) {
        this.tunnel = tunnel;
        this.loop = loop;
        this.channel = channel;
        this.maxUnsent = maxUnsent;
    }

    @Override
    public void joined() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        key = loop.register(channel, this);
    }

    /** Connects, sends this, and reads; if that fails, the tunnel ends. */
    void connect(InetSocketAddress address, ByteBuffer first) {
        synchronized (tunnel) {
            unsent = first;
            try {
                if (channel.connect(address)) {
                    connected();
                } else {
                    want(SelectionKey.OP_CONNECT, true);
                }
            } catch (IOException | CancelledKeyException e) {
                tunnel.failed(e);
            }
        }
    }

    @Override
    public void ready(ByteBuffer buffer) {
        synchronized (tunnel) {
            try {
                proceed(key.readyOps(), buffer);
            } catch (IOException | CancelledKeyException e) {
                tunnel.failed(e);
            }
        }
    }

    private void proceed(int operations, ByteBuffer buffer) throws IOException {
        if ((operations & SelectionKey.OP_CONNECT) != 0) {
            channel.finishConnect();
            want(SelectionKey.OP_CONNECT, false);
            connected();
        } else if ((operations & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            receive(buffer);
        }
    }

    private void connected() throws IOException {
        want(SelectionKey.OP_READ, true);
        flush();
    }

    private void receive(ByteBuffer buffer) throws IOException {
        if (channel.read(buffer.clear()) < 0) {
            tunnel.finished(this);
        } else {
            tunnel.received(this, buffer.flip());
        }
    }

    private void flush() throws IOException {
        channel.write(unsent);
        want(SelectionKey.OP_WRITE, isSending());
        if (!isSending()) {
            tunnel.sent(this);
        }
    }

    @Override
    public void send(ByteBuffer bytes) throws IOException {
        if (!isSending()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            keep(bytes);
        }
    }

    private void keep(ByteBuffer bytes) throws IOException {
        int count = unsent.remaining() + bytes.remaining();
        if (count > maxUnsent) {
            throw new IOException("The peer does not take what is sent to it");
        }
        unsent = ByteBuffer.allocate(count).put(unsent).put(bytes).flip();
        if (channel.isConnected()) {
            want(SelectionKey.OP_WRITE, true);
        }
    }

    @Override
    public boolean isSending() {
        return unsent.hasRemaining();
    }

    @Override
    public void read(boolean wanted) {
        want(SelectionKey.OP_READ, wanted);
    }

    private void want(int operation, boolean wanted) {
        int before = wanted ? key.interestOpsOr(operation) : key.interestOpsAnd(~operation);
        if (((before & operation) != 0) != wanted) {
            loop.wakeUp();
        }
    }

    @Override
    public void end() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A connection did not close in an orderly way", e);
        }
        loop.wakeUp();
    }

    /** The loop ends. */
    @Override
    public void close() {
        tunnel.close();
    }
}
