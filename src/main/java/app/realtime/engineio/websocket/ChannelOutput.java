package app.realtime.engineio.websocket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Straight to the connection's socket, which never waits for its peer. */
final class ChannelOutput implements ByteOutput {

    private static final Logger LOG = Logger.getLogger(ChannelOutput.class.getName());

    /**
     * What the kernel may hold for a peer that does not read. Left to itself it takes megabytes for each, and says that it
     * takes more only when a third of them has gone: nobody could tell a slow reader from one who has stopped.
     */
    private static final int KERNEL_BYTES = 128 << 10;

    private final SocketChannel channel;
    private final WriteSelector selector;

    /** @param channel not blocking; the container's, which reads from it and closes it */
    ChannelOutput(SocketChannel channel, WriteSelector selector) {
        this.channel = channel;
        this.selector = selector;
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BYTES);
        } catch (IOException e) {
            LOG.log(Level.FINEST, "The connection has ended already", e);
        }
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
        selector.await(channel, task);
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
}
