package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A websocket whose peer takes only a part of what is written, and never makes the writer wait. */
@Timeout(60)
class SlowPeerTest {

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
    private final SlowConnection connection = new SlowConnection();
    private final WebSocketTransport transport =
            new WebSocketTransport(connection, Codec.of(Revision.V4, false), server);
    private final AtomicInteger told = new AtomicInteger();

    SlowPeerTest() {
        transport.onWritable(told::incrementAndGet);
        transport.readingHasBegun();
    }

    @AfterEach
    void stop() {
        server.close();
        timer.shutdownNow();
    }

    private void writeWithRoomFor(int bytes) throws IOException {
        connection.take(bytes);
        transport.write(HELLO);
    }

    @Test
    void isWritableAgainWhenThePeerHasTakenTheRest() throws IOException {
        writeWithRoomFor(3);
        assertThat(transport.isWritable()).isFalse();
        assertThat(connection.hex()).isEqualTo("810234");
        connection.goOn(2);
        await().until(connection::isAwaited);
        assertThat(transport.isWritable()).isFalse();
        assertThat(told).hasValue(0);
        connection.goOn(100);
        await().until(() -> told.get() == 1);
        assertThat(transport.isWritable()).isTrue();
        assertThat(connection.hex()).isEqualTo(HELLO_FRAMES);
    }

    @Test
    void tellsWhetherThePeerTakesSomething() throws IOException {
        writeWithRoomFor(3);
        long before = transport.taken();
        connection.goOn(1);
        await().until(() -> transport.taken() > before);
    }

    @Test
    void saysFarewellAfterTheRest() throws IOException {
        writeWithRoomFor(3);
        transport.close(CloseReason.FORCED_CLOSE);
        connection.goOn(100);
        await().until(() -> connection.hex().equals(HELLO_FRAMES + NORMAL));
        assertThat(connection.isClosed()).isFalse();
        transport.peerClosed(CloseCode.NORMAL);
        await().until(connection::isClosed);
    }

    @Test
    void aSlowConsumerIsLeftAtOnceAndTakesNothingAlong() throws IOException {
        writeWithRoomFor(3);
        transport.close(CloseReason.SLOW_CONSUMER);
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.hasForgotten()).isTrue();
        assertThat(connection.hex()).isEqualTo("810234");
    }

    @Test
    void oneThatHasCaughtUpIsToldWhyItIsClosed() throws IOException {
        writeWithRoomFor(100);
        transport.close(CloseReason.SLOW_CONSUMER);
        assertThat(connection.hex()).isEqualTo(HELLO_FRAMES + NORMAL);
        assertThat(connection.hasForgotten()).isFalse();
    }

    @Test
    void aPeerThatHasClosedButDoesNotReadIsGivenUp() throws IOException {
        writeWithRoomFor(3);
        transport.peerClosed(CloseCode.NORMAL);
        await().atMost(Duration.ofSeconds(10)).until(connection::isClosed);
        assertThat(connection.hasForgotten()).isTrue();
    }

    @Test
    void pongsWaitBehindTheRestAndDoNotPileUp() throws IOException {
        writeWithRoomFor(3);
        transport.pong(new byte[] {1});
        transport.pong(new byte[] {2});
        connection.goOn(100);
        await().until(() -> connection.hex().equals(HELLO_FRAMES + "8a0102"));
    }

    @Test
    void endsWhenThePeerGoesBeforeItHasTakenAll() throws IOException {
        writeWithRoomFor(3);
        connection.breakOff();
        connection.goOn(100);
        await().until(connection::isClosed);
        assertThat(connection.hex()).isEqualTo("810234");
    }
}
