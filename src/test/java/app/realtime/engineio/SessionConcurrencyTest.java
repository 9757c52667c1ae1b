package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.engineio.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must hold whoever comes first. Each run is bounded by its work, not by time. */
@Timeout(60)
class SessionConcurrencyTest {

    static {
        // Conditions here come true within milliseconds.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    private static final int SENDERS = 4;
    private static final int MESSAGES = 1_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WriterPool writers = new WriterPool(3, Thread::new);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        writers.close();
    }

    @Test
    void keepsTheOrderOfEachSenderAndWritesFromOneThreadAtATime() {
        MemoryTransport webSocket = MemoryTransport.webSocket();
        // An invitation for another writer to come in between.
        webSocket.onWrite(Thread::yield);
        SessionFixture fixture = new SessionFixture(webSocket, writers);
        startSenders(fixture, new CountDownLatch(0));
        await().atMost(Duration.ofSeconds(20)).until(() -> webSocket.texts().size() >= SENDERS * MESSAGES);
        assertEverySenderInOrder(webSocket.texts());
        assertThat(webSocket.hasOverlapped()).isFalse();
    }

    @RepeatedTest(5)
    void losesAndDoublesNothingOverAnUpgradeUnderLoad() {
        MemoryTransport polling = MemoryTransport.polling();
        MemoryTransport webSocket = MemoryTransport.webSocket();
        SessionFixture fixture = new SessionFixture(polling, writers);
        CountDownLatch polled = new CountDownLatch(1);
        CountDownLatch stopPolling = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        threads.execute(() -> {
            while (stopPolling.getCount() > 0) {
                if (!polling.isWritable()) {
                    fixture.poll();
                    polled.countDown();
                }
                Thread.onSpinWait();
            }
            stopped.countDown();
        });
        CountDownLatch probed = new CountDownLatch(1);
        startSenders(fixture, probed);
        threads.execute(() -> {
            try {
                polled.await();
                fixture.session.offerUpgrade(webSocket);
                fixture.session.receive(webSocket, new Packet.Ping("probe"));
                await().until(() -> !webSocket.written().isEmpty());
                probed.countDown();
                stopPolling.countDown();
                stopped.await();
                fixture.session.receive(webSocket, new Packet.Upgrade());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> polling.texts().size() + webSocket.texts().size() >= SENDERS * MESSAGES);
        List<String> all = new ArrayList<>(polling.texts());
        all.addAll(webSocket.texts());
        assertEverySenderInOrder(all);
        assertThat(webSocket.written().get(0)).isEqualTo(new Packet.Pong("probe"));
        assertThat(webSocket.hasOverlapped() || polling.hasOverlapped()).isFalse();
        assertThat(fixture.closes).isEmpty();
        await().until(() -> fixture.upgrades.get() == 1);
    }

    @RepeatedTest(50)
    void tellsOfItsEndOnceWhoeverEndsIt() throws Exception {
        MemoryTransport webSocket = MemoryTransport.webSocket();
        SessionFixture fixture = new SessionFixture(webSocket, writers);
        List<Runnable> enders = List.of(
                () -> fixture.session.end(CloseReason.PARSE_ERROR),
                () -> fixture.session.close(CloseReason.FORCED_CLOSE),
                () -> fixture.session.closed(webSocket, CloseReason.TRANSPORT_CLOSE),
                () -> fixture.session.receive(webSocket, new Packet.Close()),
                () -> fixture.session.tick(fixture.now + Duration.ofHours(1).toNanos()),
                () -> fixture.text("meanwhile"));
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(enders.size());
        enders.forEach(ender -> threads.execute(() -> {
            try {
                start.await();
                ender.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                done.countDown();
            }
        }));
        start.countDown();
        done.await();
        await().until(() -> webSocket.isClosed() && !fixture.closes.isEmpty());
        assertThat(fixture.closes).hasSize(1);
        assertThat(fixture.observedCloses).hasSize(1);
        assertThat(fixture.releases).hasValue(1);
    }

    @Test
    void doesNotHoldUpOthersWhileAFewClientsDoNotRead() {
        List<MemoryTransport> stalled = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            MemoryTransport transport = MemoryTransport.webSocket();
            transport.stall();
            stalled.add(transport);
            new SessionFixture(transport, writers).text("never read");
        }
        MemoryTransport reading = MemoryTransport.webSocket();
        SessionFixture fixture = new SessionFixture(reading, writers);
        for (int i = 0; i < 100; i++) {
            fixture.text("m" + i);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            // What the server's sweep does.
            writers.replaceStalled();
            return reading.texts().size() == 100;
        });
        assertThat(stalled).noneMatch(transport -> !transport.written().isEmpty());
        stalled.forEach(MemoryTransport::resume);
        await().until(() ->
                stalled.stream().allMatch(transport -> transport.texts().size() == 1));
    }

    @Test
    void endsAStalledSessionWithoutWaitingForIt() {
        MemoryTransport transport = MemoryTransport.webSocket();
        transport.stall();
        SessionFixture fixture = new SessionFixture(transport, writers, SessionFixture.options(4, 1_000_000));
        fixture.text("stuck");
        await().until(transport::isStalled);
        IntStream.range(0, 5).forEach(i -> fixture.text("more"));
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        await().until(transport::isClosed);
        assertThat(fixture.session.queued()).isZero();
        transport.resume();
    }

    /** The second half is sent once {@code secondHalf} has come. */
    private void startSenders(SessionFixture fixture, CountDownLatch secondHalf) {
        for (int sender = 0; sender < SENDERS; sender++) {
            int name = sender;
            threads.execute(() -> {
                try {
                    IntStream.range(0, MESSAGES / 2).forEach(i -> fixture.text(name + ":" + i));
                    secondHalf.await();
                    IntStream.range(MESSAGES / 2, MESSAGES).forEach(i -> fixture.text(name + ":" + i));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static void assertEverySenderInOrder(List<String> texts) {
        assertThat(texts).hasSize(SENDERS * MESSAGES);
        for (int sender = 0; sender < SENDERS; sender++) {
            String prefix = sender + ":";
            List<String> expected =
                    IntStream.range(0, MESSAGES).mapToObj(i -> prefix + i).toList();
            assertThat(texts.stream().filter(text -> text.startsWith(prefix))).containsExactlyElementsOf(expected);
        }
    }
}
