package app.realtime.engineio;

import static app.realtime.engineio.SessionFixture.UPGRADE_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Sweeps pass by a session that rests; so whatever brings a deadline nearer must end its rest. */
class SessionRestTest {

    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MemoryTransport webSocket = MemoryTransport.webSocket();
    private final MemoryTransport polling = MemoryTransport.polling();
    private final Queue<Runnable> later = new ArrayDeque<>();

    private static EngineOptions patient() {
        return SessionFixture.options(1_000, 1_000_000, SLOW);
    }

    @Test
    void aMessageThatWaitsForAPollEndsIt() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.pass(MOMENT);
        fixture.text("waits");
        fixture.pass(MOMENT);
        fixture.pass(SLOW);
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void aWriteThatDoesNotEndEndsIt() {
        SessionFixture fixture = new SessionFixture(webSocket, later::add, patient());
        fixture.pass(MOMENT);
        webSocket.onWrite(() -> {
            fixture.pass(MOMENT);
            fixture.pass(SLOW);
        });
        fixture.text("stuck");
        while (!later.isEmpty()) {
            later.remove().run();
        }
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void aFullConnectionEndsIt() {
        SessionFixture fixture = SessionFixture.direct(webSocket, patient());
        webSocket.neverWaits();
        fixture.pass(MOMENT);
        webSocket.fillWithNextWrite();
        fixture.text("taken in part");
        fixture.pass(MOMENT);
        fixture.pass(SLOW);
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    /** The time-out that it rested for is longer than the interval after which the next ping is due. */
    @Test
    void aPongEndsIt() {
        Duration interval = Duration.ofSeconds(30);
        SessionFixture fixture =
                SessionFixture.direct(webSocket, new EngineOptions(interval, interval.multipliedBy(2)));
        fixture.pass(interval);
        fixture.pass(MOMENT);
        fixture.session.receive(webSocket, new Packet.Pong(""));
        fixture.pass(interval);
        assertThat(webSocket.written()).containsExactly(new Packet.Ping(""), new Packet.Ping(""));
    }

    @Test
    void itsEndEndsIt() {
        Duration timeout = Duration.ofSeconds(10);
        SessionFixture fixture = SessionFixture.direct(polling, new EngineOptions(timeout.multipliedBy(2), timeout));
        fixture.pass(MOMENT);
        fixture.session.close(CloseReason.SERVER_SHUTDOWN);
        fixture.pass(timeout);
        assertThat(fixture.closes).containsExactly(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void aProbeEndsIt() {
        SessionFixture fixture = SessionFixture.direct(polling, patient());
        fixture.pass(MOMENT);
        assertThat(fixture.session.offerUpgrade(webSocket)).isTrue();
        fixture.pass(UPGRADE_TIMEOUT);
        assertThat(webSocket.isClosed()).isTrue();
    }
}
