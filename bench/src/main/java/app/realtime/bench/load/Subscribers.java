package app.realtime.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections that subscribe to a pattern in Redis and count the bytes that come, on one thread of their own. What is read
 * is not looked at, so that Redis and not its readers is what is measured. The public methods may be called from any thread.
 */
public final class Subscribers implements AutoCloseable {

    private static final long WAIT_MILLIS = 100;

    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread = new Thread(this::run, "subscribers");
    private volatile boolean closed;
    private volatile String failure = "";

    public Subscribers(InetSocketAddress redis, String pattern, int count) {
        try {
            selector = Selector.open();
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(redis);
                ByteBuffer command = ByteBuffer.wrap(RedisConnection.encode("PSUBSCRIBE", pattern));
                while (command.hasRemaining()) {
                    channel.write(command);
                }
                // The confirmation: nothing is published to somebody who is not there yet.
                channel.read(input.clear());
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not subscribe at " + redis, e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** How many bytes have come in all. @throws IllegalStateException if a subscriber was lost */
    public long bytes() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException("A subscriber was lost: " + failure);
        }
        return bytes.get();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::read, WAIT_MILLIS);
            }
        } catch (IOException | UncheckedIOException e) {
            failure = e.toString();
        }
    }

    private void read(SelectionKey key) {
        try {
            int count = ((SocketChannel) key.channel()).read(input.clear());
            if (count < 0) {
                key.cancel();
                failure = "Redis closed the connection";
            } else {
                bytes.lazySet(bytes.get() + count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
