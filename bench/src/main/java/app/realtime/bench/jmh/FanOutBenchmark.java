package app.realtime.bench.jmh;

import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.EngineOptions;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.Session;
import app.realtime.engineio.WriterPool;
import app.realtime.engineio.protocol.Packet;
import app.realtime.socketio.SocketObserver;
import app.realtime.socketio.SocketServer;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.LocalAdapter;
import app.realtime.socketio.adapter.Selection;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One event to a room of 500: what the loop costs, and what the whole way costs up to the transports, per recipient. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FanOutBenchmark {

    private static final int MEMBERS = 500;
    private static final String ROOM = "global";
    /** What a client is sent when it connects: the handshake and the answer of the namespace. */
    private static final int GREETING = 2;

    private final JsonNode data = JsonNodeFactory.instance
            .objectNode()
            .put("at", 123456789012L)
            .put("timestamp", "2026-01-01T00:00:00.000Z")
            .put("text", "x".repeat(108));

    private final app.realtime.socketio.protocol.Packet.Event event =
            new app.realtime.socketio.protocol.Packet.Event("/", OptionalLong.empty(), "load", List.of(data));

    private final Counter counter = new Counter();
    private final LocalAdapter adapter = new LocalAdapter();
    private ScheduledExecutorService timer;
    private SocketServer sockets;
    private EngineServer engine;

    @Setup
    public void connect() {
        timer = Executors.newSingleThreadScheduledExecutor();
        sockets = new SocketServer(name -> new LocalAdapter(), new SocketObserver() {}, Clock.systemUTC(), timer);
        sockets.of("/").onConnection(socket -> socket.join(ROOM));
        engine = new EngineServer(
                new EngineOptions(Duration.ofHours(1), Duration.ofHours(1)),
                sockets,
                request -> CompletableFuture.completedStage(new Admission.Admitted(() -> {})),
                new EngineObserver() {},
                new WriterPool(2, Thread::new),
                timer);
        for (int i = 0; i < MEMBERS; i++) {
            Bystander bystander = new Bystander("bystander-" + i);
            adapter.add(bystander);
            adapter.join(bystander, ROOM);
            open();
        }
        counter.await((long) GREETING * MEMBERS);
    }

    private void open() {
        HandshakeRequest request = new HandshakeRequest(
                InetAddress.getLoopbackAddress(), Map.of(), Map.of("EIO", "4"), "/socket.io/", false);
        MemoryTransport transport = new MemoryTransport(counter);
        Session session = engine.open(request, transport, (Admission.Admitted) engine.admit(request).toCompletableFuture().join());
        session.receive(transport, new Packet.Text("0"));
    }

    @TearDown
    public void end() {
        engine.close();
        timer.shutdownNow();
    }

    /** Encoding, and the walk through the room. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public int adapter() {
        return adapter.broadcast(event, Selection.inAnyOf(List.of(ROOM)), Delivery.DEFAULT);
    }

    /** The same through sessions and their writers, until every transport has been given the event. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public int sessions() {
        long before = counter.count();
        int recipients = sockets.broadcast().to(List.of(ROOM)).emit("load", data);
        counter.await(before + recipients);
        return recipients;
    }
}
