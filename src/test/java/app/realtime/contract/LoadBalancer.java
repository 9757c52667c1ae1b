package app.realtime.contract;

import app.realtime.run.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A small proxy for TCP before several servers: each new connection goes to the next one that says it is ready. Thread-safe;
 * connections belong to one thread of its own.
 */
final class LoadBalancer implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "load-balancer");
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor();
    private final List<LibertyServer> ready = new CopyOnWriteArrayList<>();
    private volatile List<LibertyServer> servers = List.of();
    private volatile boolean closed;
    private int turn;

    /** One direction of a connection: what has been read here waits until it is written there. */
    private static final class Pipe {

        private final SocketChannel from;
        private final SocketChannel to;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private boolean ended;
        private Pipe back;

        Pipe(SocketChannel from, SocketChannel to) {
            this.from = from;
            this.to = to;
        }
    }

    LoadBalancer() {
        try {
            selector = Selector.open();
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
        probes.scheduleWithFixedDelay(this::probe, 0, 100, TimeUnit.MILLISECONDS);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** The servers that there are from now on. */
    void serve(List<LibertyServer> all) {
        servers = List.copyOf(all);
    }

    int readyServers() {
        return ready.size();
    }

    private void probe() {
        for (LibertyServer server : servers) {
            boolean isReady = server.isAlive() && status(server) == 200;
            if (isReady && !ready.contains(server)) {
                ready.add(server);
            } else if (!isReady) {
                ready.remove(server);
            }
        }
        ready.removeIf(server -> !servers.contains(server));
    }

    private static int status(LibertyServer server) {
        try {
            return new HttpApi(server.managementUri("/")).get("/health/ready").status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::serve);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
                return;
            }
            Pipe pipe = (Pipe) key.attachment();
            if (key.isReadable()) {
                pump(pipe);
            }
            if (key.isValid() && key.isWritable()) {
                pump(pipe.back);
            }
        } catch (IOException e) {
            end((Pipe) key.attachment());
        }
    }

    private void accept() throws IOException {
        SocketChannel client = listener.accept();
        SocketChannel server = connect();
        client.configureBlocking(false);
        server.configureBlocking(false);
        Pipe there = new Pipe(client, server);
        Pipe back = new Pipe(server, client);
        there.back = back;
        back.back = there;
        client.register(selector, SelectionKey.OP_READ, there);
        server.register(selector, SelectionKey.OP_READ, back);
    }

    private SocketChannel connect() throws IOException {
        List<LibertyServer> now = List.copyOf(ready);
        if (now.isEmpty()) {
            throw new IOException("No server is ready");
        }
        turn++;
        LibertyServer next = now.get(turn % now.size());
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), next.port()));
    }

    /** Reads from one side and writes to the other as much as goes. */
    private void pump(Pipe pipe) throws IOException {
        int read = 0;
        if (!pipe.ended && pipe.buffer.hasRemaining()) {
            read = pipe.from.read(pipe.buffer);
            pipe.ended = read < 0;
        }
        pipe.buffer.flip();
        pipe.to.write(pipe.buffer);
        boolean waits = pipe.buffer.hasRemaining();
        pipe.buffer.compact();
        if (pipe.ended && !waits) {
            end(pipe);
            return;
        }
        interest(pipe.to, SelectionKey.OP_WRITE, waits);
        interest(pipe.from, SelectionKey.OP_READ, !pipe.ended && pipe.buffer.hasRemaining());
    }

    private void interest(SocketChannel channel, int operation, boolean wanted) {
        SelectionKey key = channel.keyFor(selector);
        if (wanted) {
            key.interestOpsOr(operation);
        } else {
            key.interestOpsAnd(~operation);
        }
    }

    private static void end(Pipe pipe) {
        if (pipe == null) {
            return;
        }
        for (SocketChannel side : List.of(pipe.from, pipe.to)) {
            try {
                side.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        probes.shutdownNow();
        closed = true;
        selector.wakeup();
    }
}
