package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.engineio.Batch;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.EngineOptions;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.WriterPool;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketTransportTest {

    private static final Batch HELLO =
            new Batch(List.of(new Packet.Text("a"), new Packet.Binary(new byte[] {7})), false);
    private static final String HELLO_FRAMES = "81023461" + "820107";
    private static final String NORMAL = "880203e8";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final EngineServer server = new EngineServer(
            new EngineOptions(Duration.ofSeconds(30), Duration.ofSeconds(30)),
            session -> {
                throw new UnsupportedOperationException("No sessions here");
            },
            request -> CompletableFuture.completedStage(new Admission.Admitted(() -> {})),
            new EngineObserver() {},
            new WriterPool(2, Thread::new),
            timer);
    private final MemoryConnection connection = new MemoryConnection();
    private WebSocketTransport transport;

    @BeforeEach
    void open() throws IOException {
        transport = new WebSocketTransport(new StreamConnection(connection), Codec.of(Revision.V4, false), server);
        transport.readingHasBegun();
    }

    @AfterEach
    void stop() {
        connection.goOn();
        server.close();
        timer.shutdownNow();
    }

    private CompletableFuture<Void> stalledWrite() throws InterruptedException {
        connection.stall();
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> {
            try {
                transport.write(HELLO);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        connection.awaitStalledWrite();
        return write;
    }

    @Test
    void writesABatchAtOnce() throws IOException {
        transport.write(HELLO);
        assertThat(connection.sent()).isEqualTo(HELLO_FRAMES);
        assertThat(connection.flushes()).isEqualTo(1);
    }

    @Test
    void waitsWithTheEndUntilThePeerHasClosedToo() {
        transport.close(CloseReason.FORCED_CLOSE);
        assertThat(connection.sent()).isEqualTo(NORMAL);
        assertThat(connection.isClosed()).isFalse();
        transport.peerClosed(CloseCode.NORMAL);
        await().until(connection::isClosed);
        assertThat(connection.sent()).isEqualTo(NORMAL);
    }

    @Test
    void doesNotWaitForeverForThePeer() {
        transport.closeSoon(CloseCode.TOO_BIG);
        await().until(() -> connection.sent().equals("880203f1"));
        await().atMost(Duration.ofSeconds(10)).until(connection::isClosed);
    }

    @Test
    void answersThePeersCloseWithItsCodeAndEnds() {
        transport.peerClosed(4000);
        await().until(connection::isClosed);
        assertThat(connection.sent()).isEqualTo("88020fa0");
    }

    @Test
    void writesNothingAfterItsClose() {
        transport.close(CloseReason.FORCED_CLOSE);
        assertThatThrownBy(() -> transport.write(HELLO)).isInstanceOf(IOException.class);
        transport.close(CloseReason.FORCED_CLOSE);
        transport.pong(new byte[1]);
        assertThat(connection.sent()).isEqualTo(NORMAL);
    }

    @Test
    void leavesTheClosingToWhoeverWrites() throws Exception {
        CompletableFuture<Void> write = stalledWrite();
        transport.peerClosed(CloseCode.NORMAL);
        transport.close(CloseReason.PING_TIMEOUT);
        assertThat(connection.isClosed()).isFalse();
        connection.goOn();
        write.join();
        await().until(connection::isClosed);
        assertThat(connection.sent()).isEqualTo(HELLO_FRAMES + NORMAL);
    }

    @Test
    void endsWithoutFarewellAfterAWriteThatFailed() throws Exception {
        CompletableFuture<Void> write = stalledWrite();
        connection.breakOff();
        assertThatThrownBy(write::join).hasRootCauseInstanceOf(IOException.class);
        await().until(connection::isClosed);
        assertThat(connection.sent()).isEqualTo(HELLO_FRAMES);
    }

    @Test
    void holdsTheContainersClosingUntilTheWriteHasEnded() throws Exception {
        CompletableFuture<Void> write = stalledWrite();
        CompletableFuture<Void> gone = CompletableFuture.runAsync(transport::gone);
        await().during(Duration.ofMillis(100)).until(() -> !gone.isDone());
        connection.goOn();
        gone.join();
        write.join();
        assertThatThrownBy(() -> transport.write(HELLO)).isInstanceOf(IOException.class);
    }

    @Test
    void answersTheLatestOfThePingsThatCameDuringAWrite() throws Exception {
        CompletableFuture<Void> write = stalledWrite();
        transport.pong(new byte[] {1});
        transport.pong(new byte[] {2});
        connection.goOn();
        write.join();
        await().until(() -> connection.sent().equals(HELLO_FRAMES + "8a0102"));
    }
}
