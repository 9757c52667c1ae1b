package app.realtime.socketio;

import static org.awaitility.Awaitility.await;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.EngineOptions;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.MemoryTransport;
import app.realtime.engineio.Session;
import app.realtime.engineio.WriterPool;
import app.realtime.engineio.protocol.Packet;
import app.realtime.socketio.adapter.LocalAdapter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A whole server but for the network: clients speak to it by transports in memory. */
public final class TestServer implements AutoCloseable, SocketObserver {

    static {
        // Conditions here come true within milliseconds.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SocketServer sockets;
    private final EngineServer engine;

    final AtomicInteger connected = new AtomicInteger();
    /** Runs while a socket is being connected: it says that it is, and no adapter knows it. */
    volatile Runnable onConnected = () -> {};

    final List<DisconnectReason> disconnected = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger sent = new AtomicInteger();

    public TestServer() {
        this(SocketOptions.DEFAULTS);
    }

    TestServer(SocketOptions options) {
        sockets = new SocketServer(name -> new LocalAdapter(), this, Clock.fixed(NOW, ZoneOffset.UTC), timer, options);
        engine = new EngineServer(
                new EngineOptions(Duration.ofSeconds(30), Duration.ofSeconds(60)),
                sockets,
                request -> CompletableFuture.completedStage(new Admission.Admitted(() -> {})),
                new EngineObserver() {},
                new WriterPool(2, Thread::new),
                timer);
    }

    public SocketServer sockets() {
        return sockets;
    }

    public Namespace main() {
        return sockets.of("/");
    }

    /** A connection that is in no namespace yet. */
    public TestClient open() {
        return open(Map.of("EIO", "4"));
    }

    /** A connection whose handshake has these parameters. */
    TestClient open(Map<String, String> query) {
        MemoryTransport transport = MemoryTransport.webSocket();
        HandshakeRequest request =
                new HandshakeRequest(InetAddress.getLoopbackAddress(), Map.of(), query, "/socket.io/", false);
        Session session = engine.open(request, transport, (Admission.Admitted)
                engine.admit(request).toCompletableFuture().join());
        return new TestClient(session, transport);
    }

    /** A connection to the main namespace. */
    public TestClient connect() {
        TestClient client = open();
        client.send("0");
        await().until(() -> !client.texts().isEmpty());
        return client;
    }

    @Override
    public void connected() {
        connected.incrementAndGet();
        onConnected.run();
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        disconnected.add(reason);
    }

    @Override
    public void refused(String code) {
        refused.add(code);
    }

    @Override
    public void received() {
        received.incrementAndGet();
    }

    @Override
    public void sent(int recipients) {
        sent.addAndGet(recipients);
    }

    @Override
    public void close() {
        engine.close();
        timer.shutdownNow();
    }

    /** The other end of a connection. */
    public record TestClient(Session session, MemoryTransport transport) {

        public void send(String text) {
            session.receive(transport, new Packet.Text(text));
        }

        public void send(byte[] bytes) {
            session.receive(transport, new Packet.Binary(bytes));
        }

        /** Goes away without a word. */
        public void vanish() {
            session.closed(transport, CloseReason.TRANSPORT_CLOSE);
        }

        /** Whether this message, or another that begins so, has come. */
        boolean has(String prefix) {
            return texts().stream().anyMatch(text -> text.startsWith(prefix));
        }

        /** What has come so far. */
        public List<String> texts() {
            return transport.texts();
        }

        /** Waits until this message has come. */
        public void expect(String text) {
            await(text).until(() -> texts().contains(text));
        }

        /** Waits for a message that begins so. */
        public String expectPrefix(String prefix) {
            await().until(() -> texts().stream().anyMatch(text -> text.startsWith(prefix)));
            return texts().stream()
                    .filter(text -> text.startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }

        /** The public id from the answer to the first CONNECT. */
        public String sid() {
            return texts().get(0).replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        }

        public boolean isClosed() {
            return transport.isClosed();
        }
    }
}
