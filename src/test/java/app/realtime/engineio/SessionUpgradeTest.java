package app.realtime.engineio;

import static app.realtime.engineio.SessionFixture.UPGRADE_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SessionUpgradeTest {

    private static final Packet PROBE = new Packet.Ping("probe");
    private static final Packet PROBE_ANSWER = new Packet.Pong("probe");

    private final MemoryTransport polling = MemoryTransport.polling();
    private final MemoryTransport webSocket = MemoryTransport.webSocket();
    private final SessionFixture fixture = SessionFixture.direct(polling);
    private final Session session = fixture.session;

    @Test
    void answersTheProbeAndLetsThePendingPollGo() {
        fixture.poll();
        assertThat(session.offerUpgrade(webSocket)).isTrue();
        session.receive(webSocket, PROBE);
        assertThat(webSocket.written()).containsExactly(PROBE_ANSWER);
        assertThat(polling.written()).containsExactly(new Packet.Noop());
        assertThat(session.transport()).isSameAs(polling);
    }

    @Test
    void letsEveryPollGoSoonWhileTheUpgradeIsUnderWay() {
        session.offerUpgrade(webSocket);
        fixture.poll();
        assertThat(polling.written())
                .as("before the probe a poll waits as ever")
                .isEmpty();
        session.receive(webSocket, PROBE);
        assertThat(polling.written()).containsExactly(new Packet.Noop());
        for (int polls = 2; polls < 4; polls++) {
            fixture.poll();
            fixture.pass(Duration.ofMillis(19));
            assertThat(polling.written()).hasSize(polls - 1);
            fixture.pass(Duration.ofMillis(1));
            assertThat(polling.written()).hasSize(polls).containsOnly(new Packet.Noop());
        }
    }

    @Test
    void owesNothingToAPollThatCameAfterTheProbe() {
        session.offerUpgrade(webSocket);
        session.receive(webSocket, PROBE);
        fixture.poll();
        session.receive(webSocket, new Packet.Upgrade());
        assertThat(polling.written()).isEmpty();
        assertThat(polling.leaves()).containsExactly(false);
    }

    @Test
    void movesToTheWebSocketWithWhatWasQueuedMeanwhile() {
        fixture.poll();
        session.offerUpgrade(webSocket);
        session.receive(webSocket, PROBE);
        fixture.text("one");
        fixture.text("two");
        session.receive(webSocket, new Packet.Upgrade());
        fixture.text("three");
        assertThat(webSocket.written())
                .containsExactly(
                        PROBE_ANSWER, new Packet.Text("one"), new Packet.Text("two"), new Packet.Text("three"));
        assertThat(polling.texts()).isEmpty();
        assertThat(polling.isClosed()).isTrue();
        assertThat(session.transport()).isSameAs(webSocket);
        assertThat(fixture.upgrades).hasValue(1);
        session.receive(webSocket, new Packet.Text("hello"));
        assertThat(fixture.heard).containsExactly("hello");
    }

    @Test
    void doesNotEndWhenThePollingItHasLeftGoesAway() {
        upgrade();
        session.closed(polling, CloseReason.TRANSPORT_ERROR);
        assertThat(fixture.closes).isEmpty();
        session.closed(webSocket, CloseReason.TRANSPORT_CLOSE);
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void hearsNothingMoreFromThePollingItHasLeft() {
        upgrade();
        session.receive(polling, new Packet.Text("late"));
        assertThat(fixture.heard).isEmpty();
        assertThat(fixture.closes).isEmpty();
    }

    @Test
    void refusesASecondCandidateAndOneBesideAWebSocket() {
        MemoryTransport other = MemoryTransport.webSocket();
        assertThat(session.offerUpgrade(webSocket)).isTrue();
        assertThat(session.offerUpgrade(other)).isFalse();
        session.receive(webSocket, PROBE);
        session.receive(webSocket, new Packet.Upgrade());
        assertThat(session.offerUpgrade(other)).isFalse();
        session.end(CloseReason.FORCED_CLOSE);
        assertThat(session.offerUpgrade(other)).isFalse();
    }

    @Test
    void ignoresATransportThatWasNeverOffered() {
        session.receive(webSocket, PROBE);
        session.receive(webSocket, new Packet.Text("hello"));
        session.closed(webSocket, CloseReason.TRANSPORT_ERROR);
        assertThat(webSocket.written()).isEmpty();
        assertThat(fixture.heard).isEmpty();
        assertThat(fixture.closes).isEmpty();
    }

    @Test
    void dropsACandidateThatTakesTooLongAndStaysOnPolling() {
        fixture.poll();
        session.offerUpgrade(webSocket);
        fixture.pass(UPGRADE_TIMEOUT.minus(Duration.ofMillis(1)));
        assertThat(webSocket.isClosed()).isFalse();
        fixture.pass(Duration.ofMillis(1));
        assertThat(webSocket.isClosed()).isTrue();
        assertStillOnPolling();
    }

    @Test
    void dropsACandidateThatSendsAnythingElseAndStaysOnPolling() {
        fixture.poll();
        session.offerUpgrade(webSocket);
        session.receive(webSocket, new Packet.Text("no probe"));
        assertThat(webSocket.isClosed()).isTrue();
        assertThat(fixture.heard).isEmpty();
        assertStillOnPolling();
    }

    @Test
    void dropsACandidateThatWantsToTakeOverWithoutAProbe() {
        fixture.poll();
        session.offerUpgrade(webSocket);
        session.receive(webSocket, new Packet.Upgrade());
        assertThat(webSocket.isClosed()).isTrue();
        assertStillOnPolling();
    }

    @Test
    void staysOnPollingWhenTheCandidateGoesAway() {
        fixture.poll();
        session.offerUpgrade(webSocket);
        session.closed(webSocket, CloseReason.TRANSPORT_CLOSE);
        assertStillOnPolling();
    }

    /** A candidate that sent what is not Engine.IO is reported as gone by its edge, which does not close it. */
    @Test
    void closesTheCandidateThatItIsDoneWith() {
        session.offerUpgrade(webSocket);
        session.closed(webSocket, CloseReason.PARSE_ERROR);
        assertThat(webSocket.isClosed()).isTrue();
    }

    @Test
    void staysOnPollingWhenTheProbeCannotBeAnswered() {
        session.offerUpgrade(webSocket);
        webSocket.breakWith(new IOException("gone"));
        session.receive(webSocket, PROBE);
        assertThat(fixture.closes).isEmpty();
        fixture.poll();
        fixture.poll();
        assertStillOnPolling();
    }

    @Test
    void closesTheCandidateWithTheSession() {
        session.offerUpgrade(webSocket);
        session.end(CloseReason.FORCED_CLOSE);
        assertThat(webSocket.isClosed()).isTrue();
        assertThat(polling.isClosed()).isTrue();
        assertThat(fixture.closes).containsExactly(CloseReason.FORCED_CLOSE);
    }

    @Test
    void flushesOverTheWebSocketWhenItIsClosedInTheMiddleOfAnUpgrade() {
        session.offerUpgrade(webSocket);
        session.receive(webSocket, PROBE);
        fixture.text("last words");
        session.close(CloseReason.FORCED_CLOSE);
        session.receive(webSocket, new Packet.Upgrade());
        assertThat(webSocket.texts()).containsExactly("last words");
        assertThat(fixture.closes).containsExactly(CloseReason.FORCED_CLOSE);
    }

    /** The client speaks before it has its answer, and the answer takes its time. */
    @Test
    void answersTheProbeBeforeAnythingElseGoesToTheWebSocket() {
        Queue<Runnable> later = new ArrayDeque<>();
        SessionFixture slow = new SessionFixture(polling, later::add);
        slow.session.offerUpgrade(webSocket);
        slow.session.receive(webSocket, PROBE);
        slow.session.receive(webSocket, new Packet.Upgrade());
        slow.text("hello");
        while (!later.isEmpty()) {
            ArrayDeque<Runnable> reversed = new ArrayDeque<>();
            while (!later.isEmpty()) {
                reversed.addFirst(later.remove());
            }
            reversed.forEach(Runnable::run);
        }
        assertThat(webSocket.written()).containsExactly(PROBE_ANSWER, new Packet.Text("hello"));
    }

    /** A batch is on its way out by the poll when the client, which should have waited, takes the new transport. */
    @Test
    void losesNothingThatIsBeingWrittenToThePollWhenTheWebSocketTakesOver() {
        fixture.poll();
        session.offerUpgrade(webSocket);
        session.receive(webSocket, PROBE);
        polling.onWrite(() -> {
            polling.onWrite(() -> {});
            session.receive(webSocket, new Packet.Upgrade());
        });
        polling.poll();
        fixture.text("one");
        fixture.text("two");
        assertThat(List.of(polling.texts(), webSocket.texts())).containsExactly(List.of("one"), List.of("two"));
        assertThat(fixture.closes).isEmpty();
        assertThat(polling.isClosed()).isTrue();
    }

    private void upgrade() {
        session.offerUpgrade(webSocket);
        session.receive(webSocket, PROBE);
        session.receive(webSocket, new Packet.Upgrade());
    }

    private void assertStillOnPolling() {
        fixture.text("still here");
        assertThat(polling.texts()).containsExactly("still here");
        assertThat(fixture.closes).isEmpty();
        assertThat(fixture.upgrades).hasValue(0);
        assertThat(session.offerUpgrade(MemoryTransport.webSocket())).isTrue();
    }
}
