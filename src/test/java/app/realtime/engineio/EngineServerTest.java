package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.engineio.EngineHandler.SessionHandler;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineServerTest {

    static {
        // Conditions here come true within milliseconds.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    private final AtomicInteger releases = new AtomicInteger();
    private final List<CloseReason> closes = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final EngineServer server = server(Duration.ofSeconds(30), session -> new Handler());

    private final class Handler implements SessionHandler {

        @Override
        public void onText(String data) {}

        @Override
        public void onBinary(byte[] data) {}

        @Override
        public String name() {
            return "the client of a test";
        }

        @Override
        public void onClose(CloseReason reason) {
            closes.add(reason);
        }
    }

    private EngineServer server(Duration pingInterval, EngineHandler handler) {
        return new EngineServer(
                new EngineOptions(pingInterval, Duration.ofMillis(60)),
                handler,
                request -> CompletableFuture.completedStage(new Admission.Admitted(releases::incrementAndGet)),
                new EngineObserver() {},
                new WriterPool(2, Thread::new),
                timer);
    }

    @AfterEach
    void stop() {
        server.close();
        timer.shutdownNow();
    }

    private Session open(MemoryTransport transport) {
        return server.open(SessionFixture.REQUEST, transport, admitted());
    }

    private Admission.Admitted admitted() {
        return (Admission.Admitted)
                server.admit(SessionFixture.REQUEST).toCompletableFuture().join();
    }

    private static String sid(MemoryTransport transport) {
        await().until(() -> !transport.written().isEmpty());
        return ((Packet.Open) transport.written().get(0)).handshake().sid();
    }

    @Test
    void drainsLittleByLittleAndSendsWhatIsQueued() throws Exception {
        List<MemoryTransport> transports = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            transports.add(MemoryTransport.webSocket());
            open(transports.get(i)).send(new Packet.Text("farewell"));
        }
        Duration within = Duration.ofMillis(1500);
        List<Integer> left = new CopyOnWriteArrayList<>();
        timer.scheduleAtFixedRate(() -> left.add(server.sessions().size()), 0, 50, TimeUnit.MILLISECONDS);

        long begin = System.nanoTime();
        server.drain(within);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(within.plusMillis(500));
        assertThat(server.sessions()).isEmpty();
        assertThat(closes).hasSize(40).containsOnly(CloseReason.SERVER_SHUTDOWN);
        assertThat(left.stream().distinct().filter(number -> number > 0 && number < 40))
                .as("some have gone and some have not, several times")
                .hasSizeGreaterThan(3);
        assertThat(transports)
                .allSatisfy(transport -> assertThat(transport.written()).contains(new Packet.Text("farewell")));
    }

    @Test
    void refusesNewSessionsWhileItDrainsAndKeepsTheOthers() {
        MemoryTransport transport = MemoryTransport.webSocket();
        Session session = open(transport);

        server.refuseSessions();

        assertThat(server.isAccepting()).isFalse();
        assertThat(server.admit(SessionFixture.REQUEST).toCompletableFuture().join())
                .isInstanceOfSatisfying(Admission.Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.retryAfter()).isPresent();
                });
        assertThat(session.hasEnded()).isFalse();
    }

    @Test
    void givesEachSessionASecretIdByWhichItIsFound() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            MemoryTransport transport = MemoryTransport.webSocket();
            Session session = open(transport);
            String sid = sid(transport);
            assertThat(sid).matches("[A-Za-z0-9_-]{24}");
            ids.add(sid);
            assertThat(server.session(sid)).containsSame(session);
        }
        assertThat(ids).hasSize(50);
        assertThat(server.session("guess")).isEmpty();
    }

    @Test
    void pingsItsSessionsAndForgetsThoseThatDoNotAnswer() {
        try (EngineServer impatient = server(Duration.ofMillis(40), session -> new Handler())) {
            MemoryTransport transport = MemoryTransport.webSocket();
            impatient.open(SessionFixture.REQUEST, transport, new Admission.Admitted(releases::incrementAndGet));
            await().until(() -> transport.written().contains(new Packet.Ping("")));
            await().until(() -> releases.get() == 1 && !closes.isEmpty());
            assertThat(closes).containsExactly(CloseReason.PING_TIMEOUT);
            assertThat(impatient.sessions()).isEmpty();
        }
    }

    @Test
    void releasesAnAdmissionOnceHoweverOftenItIsAsked() {
        Admission.Admitted admitted = admitted();
        Session session = server.open(SessionFixture.REQUEST, MemoryTransport.webSocket(), admitted);
        session.end(CloseReason.TRANSPORT_ERROR);
        // An edge that could not tell whether the session had been opened.
        admitted.release().run();
        assertThat(releases).hasValue(1);
    }

    @Test
    void releasesTheAdmissionOfASessionThatCouldNotBeOpened() {
        try (EngineServer failing = server(Duration.ofSeconds(30), session -> {
            throw new IllegalStateException("a bug above");
        })) {
            Admission.Admitted admitted = (Admission.Admitted)
                    failing.admit(SessionFixture.REQUEST).toCompletableFuture().join();
            assertThatThrownBy(() -> failing.open(SessionFixture.REQUEST, MemoryTransport.webSocket(), admitted))
                    .hasMessage("a bug above");
            assertThat(failing.sessions()).isEmpty();
        }
        assertThat(releases).hasValue(1);
    }

    @Test
    void admitsNothingAfterItsEnd() {
        Admission.Admitted admittedBefore = admitted();
        server.close();
        assertThat(server.admit(SessionFixture.REQUEST).toCompletableFuture().join())
                .isInstanceOfSatisfying(Admission.Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.retryAfter()).isNotEqualTo(Optional.empty());
                });
        MemoryTransport late = MemoryTransport.webSocket();
        server.open(SessionFixture.REQUEST, late, admittedBefore);
        await().until(late::isClosed);
        assertThat(server.sessions()).isEmpty();
        assertThat(releases).hasValue(1);
        assertThat(closes).containsExactly(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void flushesAndClosesEverySessionAtItsEnd() {
        MemoryTransport webSocket = MemoryTransport.webSocket();
        MemoryTransport waiting = MemoryTransport.polling();
        MemoryTransport absent = MemoryTransport.polling();
        Session onWebSocket = open(webSocket);
        Session onPolling = open(waiting);
        Session unfetched = open(absent);
        sid(webSocket);
        waiting.poll();
        onPolling.polled();
        sid(waiting);
        waiting.poll();
        onWebSocket.send(new Packet.Text("server_shutdown"));
        server.sessions().forEach(session -> session.send(new Packet.Text("good bye")));
        server.close();
        assertThat(webSocket.texts()).containsExactly("server_shutdown", "good bye");
        assertThat(waiting.texts()).containsExactly("good bye");
        for (MemoryTransport transport : List.of(webSocket, waiting, absent)) {
            assertThat(transport.isClosed()).isTrue();
        }
        assertThat(unfetched.send(new Packet.Noop())).isFalse();
        assertThat(releases).hasValue(3);
        assertThat(closes).hasSize(3).containsOnly(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void doesNotWaitLongForClientsThatDoNotRead() {
        MemoryTransport stuck = MemoryTransport.webSocket();
        stuck.stall();
        open(stuck);
        await().until(stuck::isStalled);
        long begin = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(server.sessions()).isEmpty();
        await().until(stuck::isClosed);
    }
}
