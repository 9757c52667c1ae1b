package app.realtime.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The network between an instance and its Redis, which can be made bad while it is in use: each direction has its {@link Line}.
 *
 * <p>Thread-safe: what the lines are like is volatile, and each piece of data goes by what they are like when it comes.
 */
final class RedisProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "redis-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Line toRedis = Line.CLEAR;
    private volatile Line fromRedis = Line.CLEAR;
    private volatile boolean refusing;

    /** @param target the port of Redis, which need not be there yet */
    RedisProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket();
            // A network holds little: what it does not take is to wait at the instance.
            server.setReceiveBufferSize(BUFFER);
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** What the network is like from now on. Connections of which bytes were lost do not get well again: they are reset. */
    void become(Line there, Line back) {
        toRedis = there;
        fromRedis = back;
        refusing = false;
        connections.stream().filter(ProxiedConnection::hasLostBytes).forEach(ProxiedConnection::reset);
    }

    /** All is well. */
    void heal() {
        become(Line.CLEAR, Line.CLEAR);
    }

    /** Resets all connections, and each new one, until {@link #become} is called. */
    void refuse() {
        refusing = true;
        connections.forEach(ProxiedConnection::reset);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                begin(server.accept());
            } catch (IOException e) {
                // The proxy was closed, or the instance went at once.
                continue;
            }
        }
    }

    private void begin(Socket instance) throws IOException {
        if (refusing) {
            instance.setSoLinger(true, 0);
            instance.close();
            return;
        }
        Socket redis;
        try {
            redis = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), target);
        } catch (IOException e) {
            // Redis is not there: that is what the instance is to see.
            instance.close();
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(instance, redis, threads);
        connections.add(connection);
        connection.whenEnded(() -> connections.remove(connection));
        connection.begin(() -> toRedis, () -> fromRedis);
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(ProxiedConnection::reset);
        threads.shutdownNow();
    }

    /**
     * One direction of a network. Immutable.
     *
     * @param delay how long each piece is on its way
     * @param bytesPerSecond how much goes through
     * @param lost whether nothing arrives, without anybody being told
     */
    record Line(Duration delay, long bytesPerSecond, boolean lost) {

        static final Line CLEAR = new Line(Duration.ZERO, Long.MAX_VALUE, false);
        static final Line LOST = new Line(Duration.ZERO, Long.MAX_VALUE, true);

        static Line slow(Duration delay) {
            return new Line(delay, Long.MAX_VALUE, false);
        }

        static Line narrow(long bytesPerSecond) {
            return new Line(Duration.ZERO, bytesPerSecond, false);
        }

        /** How long so many bytes occupy it. */
        Duration occupiedBy(int bytes) {
            return Duration.ofNanos(Math.round(bytes * 1e9 / bytesPerSecond));
        }
    }
}
