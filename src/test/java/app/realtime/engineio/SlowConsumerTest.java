package app.realtime.engineio;

import static app.realtime.engineio.SessionFixture.PING_INTERVAL;
import static app.realtime.engineio.SessionFixture.PING_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A client that takes its messages too slowly, or not at all. */
class SlowConsumerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final SendOptions DROPPABLE = new SendOptions(true, true, false);

    private final MemoryTransport webSocket = MemoryTransport.webSocket();
    private final MemoryTransport polling = MemoryTransport.polling();
    private final Queue<Runnable> later = new ArrayDeque<>();

    private static EngineOptions patient() {
        return SessionFixture.options(1_000, 1_000_000, TIMEOUT);
    }

    private void runWriters() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void isEndedWhenItDoesNotPoll() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.text("waits");
        fixture.pass(MOMENT);
        fixture.pass(TIMEOUT.minus(MOMENT));
        assertThat(fixture.closes).isEmpty();
        fixture.pass(MOMENT);
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(fixture.observedCloses).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(polling.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(fixture.session.queued()).isZero();
    }

    @Test
    void isGivenMoreTimeWheneverItTakesSomething() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.text("first");
        fixture.pass(MOMENT);
        fixture.pass(TIMEOUT.minus(MOMENT));
        fixture.poll();
        fixture.text("second");
        fixture.pass(MOMENT);
        fixture.pass(TIMEOUT.minus(MOMENT));
        assertThat(fixture.closes).isEmpty();
        fixture.pass(MOMENT);
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void isNotWhoHasNothingToTake() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.text("first");
        fixture.pass(MOMENT);
        fixture.poll();
        fixture.pass(TIMEOUT.multipliedBy(2));
        fixture.text("second");
        fixture.pass(MOMENT);
        assertThat(fixture.closes).isEmpty();
    }

    /** The heartbeat has a time-out of its own. */
    @Test
    void isNotWhoOnlyHasAPingToTake() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.pass(PING_INTERVAL);
        assertThat(fixture.session.queued()).isEqualTo(1);
        fixture.pass(MOMENT);
        fixture.pass(TIMEOUT);
        assertThat(fixture.closes).isEmpty();
        fixture.pass(PING_TIMEOUT);
        assertThat(fixture.closes).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void isEndedWhenAWriteDoesNotEnd() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, patient());
        webSocket.onWrite(() -> {
            fixture.pass(MOMENT);
            fixture.pass(TIMEOUT.minus(MOMENT));
            assertThat(fixture.closes).isEmpty();
            fixture.pass(MOMENT);
            assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        });
        fixture.text("stuck");
        runWriters();
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void isNotWhoTakesALargeQueueBitByBit() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, patient());
        for (int i = 0; i < 3; i++) {
            fixture.text("x".repeat(100_000));
        }
        webSocket.onWrite(() -> {
            fixture.pass(MOMENT);
            fixture.pass(TIMEOUT.minus(MOMENT));
        });
        runWriters();
        assertThat(fixture.closes).isEmpty();
        assertThat(webSocket.texts()).hasSize(3);
        assertThat(webSocket.batches()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void isSentAllOfALargeQueueBeforeItIsSentAway() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, patient());
        for (int i = 0; i < 9; i++) {
            fixture.text("x".repeat(100_000));
        }
        fixture.session.close(CloseReason.FORCED_CLOSE);
        runWriters();
        assertThat(webSocket.texts()).hasSize(9);
        assertThat(fixture.closes).containsExactly(CloseReason.FORCED_CLOSE);
    }

    @Test
    void isSentAttachmentsRightBehindTheirMessageWhateverElseIsDue() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, SessionFixture.options(1_000, 10_000_000));
        Packet attachment = new Packet.Binary(new byte[70_000]);
        AtomicInteger pings = new AtomicInteger();
        webSocket.onWrite(() -> {
            if (pings.incrementAndGet() < 20) {
                fixture.pass(PING_INTERVAL);
                fixture.session.receive(webSocket, new Packet.Pong(""));
            }
        });
        for (int i = 0; i < 10; i++) {
            fixture.session.send(List.of(new Packet.Text("with two"), attachment, attachment), SendOptions.DEFAULT);
            fixture.text("with none");
        }
        runWriters();
        List<Packet> written = webSocket.written().stream()
                .filter(packet -> !(packet instanceof Packet.Ping))
                .toList();
        assertThat(written).hasSize(40);
        assertThat(webSocket.written()).contains(new Packet.Ping(""));
        for (int i = 0; i < webSocket.written().size(); i++) {
            if (webSocket.written().get(i).equals(new Packet.Text("with two"))) {
                assertThat(webSocket.written().subList(i + 1, i + 3)).containsExactly(attachment, attachment);
            }
        }
    }

    /** It was sent away before, for a reason that stands. */
    @Test
    void isSentAwayNoLaterForItsSlowness() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.text("last words");
        fixture.session.close(CloseReason.FORCED_CLOSE);
        fixture.pass(MOMENT);
        fixture.pass(TIMEOUT);
        assertThat(fixture.closes).containsExactly(CloseReason.FORCED_CLOSE);
    }

    @Test
    void keepsItsPlaceAtTheExpenseOfWhatMayBeDropped() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, SessionFixture.options(3, 1_000_000));
        assertThat(fixture.session.send(
                        List.of(new Packet.Text("volatile"), new Packet.Binary(new byte[1])), DROPPABLE))
                .isTrue();
        fixture.text("one");
        fixture.text("two");
        fixture.text("three");
        assertThat(fixture.dropped).hasValue(1);
        assertThat(fixture.closes).isEmpty();
        runWriters();
        assertThat(webSocket.written())
                .containsExactly(new Packet.Text("one"), new Packet.Text("two"), new Packet.Text("three"));
    }

    @Test
    void isEndedWhenThereIsNothingMoreToDrop() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, SessionFixture.options(2, 1_000_000));
        fixture.session.send(List.of(new Packet.Text("volatile")), DROPPABLE);
        fixture.text("one");
        fixture.text("two");
        fixture.text("three");
        assertThat(fixture.dropped).hasValue(1);
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        runWriters();
        assertThat(webSocket.written()).isEmpty();
    }

    @Test
    void isLoggedOnceWithItsNameAndItsLimit() {
        List<String> lines = new ArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(Session.class.getName());
        log.addHandler(recorder);
        try {
            SessionFixture full = SessionFixture.direct(polling, SessionFixture.options(2, 1_000));
            for (int i = 0; i < 5; i++) {
                full.text("x");
            }
            SessionFixture stalled = SessionFixture.direct(polling, patient());
            stalled.text("x");
            stalled.pass(MOMENT);
            stalled.pass(TIMEOUT);
            stalled.pass(TIMEOUT);
        } finally {
            log.removeHandler(recorder);
        }
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains("the client of a test").doesNotContain("secret-id"));
        assertThat(lines.get(0)).contains("OUTBOUND_MAX_MESSAGES", "2 messages", "34 bytes");
        assertThat(lines.get(1)).contains("SLOW_CONSUMER_TIMEOUT", "1 messages", "17 bytes");
    }
}
