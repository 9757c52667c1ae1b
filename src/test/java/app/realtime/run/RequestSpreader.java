package app.realtime.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The plainest load balancer, which names the server it chose in {@code Host}: each HTTP request goes to the next server, whatever it is about; so does each websocket.
 * Thread-safe; two threads for each connection.
 */
public final class RequestSpreader implements AutoCloseable {

    private final List<Integer> ports;
    private final ServerSocket listener;
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public RequestSpreader(List<LibertyServer> servers) {
        ports = servers.stream().map(LibertyServer::port).toList();
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many requests have come so far. */
    public int requests() {
        return turn.get();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            }
        } catch (SocketException e) {
            // Closed.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            int port = ports.get(turn.getAndIncrement() % ports.size());
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                open.add(server);
                String forwarded = once(head).replaceFirst("(?i)\r\nHost:[^\r]*", "\r\nHost: 127.0.0.1:" + port);
                server.getOutputStream().write(forwarded.getBytes(StandardCharsets.ISO_8859_1));
                threads.execute(() -> pump(client, server));
                pump(server, client);
                open.remove(server);
            }
        } catch (IOException e) {
            // One of the two has gone.
            return;
        } finally {
            open.remove(client);
        }
    }

    /** With a second request on the same connection there would be no choice any more. */
    private static String once(String head) {
        return head.toLowerCase(Locale.ROOT).contains("\r\nupgrade:")
                ? head
                : head.replaceAll("(?i)\r\nConnection:[^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static String head(InputStream input) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0; next = input.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static void pump(Socket from, Socket to) {
        try {
            OutputStream output = to.getOutputStream();
            from.getInputStream().transferTo(output);
            to.shutdownOutput();
        } catch (IOException e) {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(RequestSpreader::close);
        threads.shutdownNow();
    }
}
