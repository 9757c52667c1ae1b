package app.realtime.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that publish to Redis as fast as it answers, each on a connection of its own with a few commands under way at a
 * time. The public methods may be called from any thread.
 */
public final class RedisPublishers implements AutoCloseable {

    private final int pipeline;
    private final byte[] commands;
    private final AtomicLong published = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;
    private volatile String failure = "";

    /** @param pipeline how many commands go out together */
    public RedisPublishers(InetSocketAddress redis, String channel, int bytes, int count, int pipeline) {
        this.pipeline = pipeline;
        byte[] one = RedisConnection.encode("PUBLISH", channel, "x".repeat(bytes));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < pipeline; i++) {
            all.writeBytes(one);
        }
        this.commands = all.toByteArray();
        for (int i = 0; i < count; i++) {
            RedisConnection connection = new RedisConnection(redis);
            Thread thread = new Thread(() -> run(connection), "publisher");
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void run(RedisConnection connection) {
        try (connection) {
            while (!closed) {
                connection.exchange(commands, pipeline);
                published.addAndGet(pipeline);
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    /** How many messages Redis has taken. @throws IllegalStateException if a publisher has failed */
    public long published() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException("A publisher failed: " + failure);
        }
        return published.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
