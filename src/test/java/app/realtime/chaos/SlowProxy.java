package app.realtime.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Passes connections on to a port of this machine, and lets each answer wait. Thread-safe. */
final class SlowProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Duration delay;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile int target;

    /** @param delay how long every piece of an answer waits */
    SlowProxy(Duration delay) {
        this.delay = delay;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    void begin(int targetPort) {
        target = targetPort;
        threads.execute(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(broker);
                threads.execute(() -> pass(client, broker, Duration.ZERO));
                threads.execute(() -> pass(broker, client, delay));
            } catch (IOException e) {
                // The proxy was closed, or the broker is not there: the client is refused, and may try again.
                continue;
            }
        }
    }

    private static void pass(Socket from, Socket to, Duration pause) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                LockSupport.parkNanos(pause.toNanos());
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone, and so goes the other.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
