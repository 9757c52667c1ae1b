package app.realtime.engineio;

import app.realtime.engineio.EngineHandler.SessionHandler;
import app.realtime.engineio.protocol.Packet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One session with its time in the test's hands, and what it told the layer above. */
final class SessionFixture implements SessionHandler, EngineObserver {

    static final Duration PING_INTERVAL = Duration.ofSeconds(30);
    static final Duration PING_TIMEOUT = Duration.ofSeconds(60);
    static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);
    static final HandshakeRequest REQUEST =
            new HandshakeRequest(InetAddress.getLoopbackAddress(), Map.of(), Map.of(), "/socket.io/", false);

    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<CloseReason> closes = new CopyOnWriteArrayList<>();
    final List<String> refusals = new CopyOnWriteArrayList<>();
    final List<CloseReason> observedCloses = new CopyOnWriteArrayList<>();
    final AtomicInteger dropped = new AtomicInteger();
    final AtomicInteger upgrades = new AtomicInteger();
    final AtomicInteger releases = new AtomicInteger();
    final MemoryTransport transport;
    final Session session;
    /** Nanoseconds; begins shortly before the counter overflows, as {@link System#nanoTime} may. */
    volatile long now = Long.MAX_VALUE - 5;

    SessionFixture(MemoryTransport transport, Executor writers) {
        this(transport, writers, options(8_192, 16L << 20));
    }

    SessionFixture(MemoryTransport transport, Executor writers, EngineOptions options) {
        this(REQUEST, transport, writers, options);
    }

    private SessionFixture(
            HandshakeRequest request, MemoryTransport transport, Executor writers, EngineOptions options) {
        this.transport = transport;
        this.session = new Session(
                "secret-id",
                request,
                transport,
                options,
                this,
                writers,
                () -> now,
                new Crowd(),
                releases::incrementAndGet);
        session.attach(opened -> this);
    }

    /** Writes happen on the caller's thread, before its call returns. */
    static SessionFixture direct(MemoryTransport transport) {
        return new SessionFixture(transport, Runnable::run);
    }

    /** A session of a client that speaks revision 3. */
    static SessionFixture revision3(MemoryTransport transport) {
        HandshakeRequest request =
                new HandshakeRequest(REQUEST.clientAddress(), Map.of(), Map.of("EIO", "3"), REQUEST.path(), false);
        return new SessionFixture(request, transport, Runnable::run, options(8_192, 16L << 20));
    }

    static SessionFixture direct(MemoryTransport transport, EngineOptions options) {
        return new SessionFixture(transport, Runnable::run, options);
    }

    static EngineOptions options(int maxPackets, long maxBytes) {
        return options(maxPackets, maxBytes, Duration.ofDays(1));
    }

    static EngineOptions options(int maxPackets, long maxBytes, Duration slowConsumerTimeout) {
        return new EngineOptions(
                PING_INTERVAL,
                PING_TIMEOUT,
                UPGRADE_TIMEOUT,
                1_000_000,
                maxPackets,
                maxBytes,
                slowConsumerTimeout,
                1_024);
    }

    void poll() {
        transport.poll();
        session.polled();
    }

    void text(String text) {
        session.send(new Packet.Text(text));
    }

    /** Lets time pass, and the sweep come by. */
    void pass(Duration time) {
        now += time.toNanos();
        session.tick(now);
    }

    @Override
    public void onText(String data) {
        heard.add(data);
    }

    @Override
    public void onBinary(byte[] data) {
        heard.add(data.length + " bytes");
    }

    @Override
    public String name() {
        return "the client of a test";
    }

    @Override
    public void onClose(CloseReason reason) {
        closes.add(reason);
    }

    @Override
    public void dropped() {
        dropped.incrementAndGet();
    }

    @Override
    public void refused(String reason) {
        refusals.add(reason);
    }

    @Override
    public void upgraded() {
        upgrades.incrementAndGet();
    }

    @Override
    public void closed(TransportName name, CloseReason reason) {
        observedCloses.add(reason);
    }
}
