package app.realtime.engineio;

import static app.realtime.engineio.SessionFixture.PING_INTERVAL;
import static app.realtime.engineio.SessionFixture.PING_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import app.realtime.engineio.protocol.Violation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MemoryTransport webSocket = MemoryTransport.webSocket();
    private final MemoryTransport polling = MemoryTransport.polling();

    @Test
    void beginsWithTheHandshakeThatOffersAnUpgradeToPollingAlone() {
        SessionFixture onPolling = SessionFixture.direct(polling);
        onPolling.session.sendHandshake();
        onPolling.poll();
        SessionFixture onWebSocket = SessionFixture.direct(webSocket);
        onWebSocket.session.sendHandshake();
        assertThat(((Packet.Open) polling.written().get(0)).handshake().upgrades())
                .containsExactly("websocket");
        assertThat(((Packet.Open) webSocket.written().get(0)).handshake().upgrades())
                .isEmpty();
    }

    @Test
    void passesMessagesUpInTheirOrder() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.session.receive(webSocket, new Packet.Text("one"));
        fixture.session.receive(webSocket, new Packet.Binary(new byte[3]));
        fixture.session.receive(webSocket, new Packet.Text("two"));
        assertThat(fixture.heard).containsExactly("one", "3 bytes", "two");
    }

    @Test
    void keepsPacketsUntilAPollFetchesThemTogether() {
        SessionFixture fixture = SessionFixture.direct(polling);
        fixture.text("one");
        fixture.text("two");
        assertThat(polling.written()).isEmpty();
        assertThat(fixture.session.queued()).isEqualTo(2);
        fixture.poll();
        assertThat(polling.batches()).containsExactly(List.of(new Packet.Text("one"), new Packet.Text("two")));
        fixture.poll();
        assertThat(polling.batches()).hasSize(1);
        fixture.text("three");
        assertThat(polling.texts()).containsExactly("one", "two", "three");
    }

    @Test
    void pingsAfterTheIntervalAndAgainAfterThePong() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.pass(PING_INTERVAL.minus(MOMENT));
        assertThat(webSocket.written()).isEmpty();
        fixture.pass(MOMENT);
        assertThat(webSocket.written()).containsExactly(new Packet.Ping(""));
        fixture.pass(PING_TIMEOUT.minus(MOMENT));
        fixture.session.receive(webSocket, new Packet.Pong(""));
        fixture.pass(PING_INTERVAL);
        assertThat(webSocket.written()).hasSize(2);
        assertThat(fixture.closes).isEmpty();
    }

    @Test
    void endsWithoutAPong() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.pass(PING_INTERVAL);
        fixture.session.receive(webSocket, new Packet.Text("a message is no pong"));
        fixture.pass(PING_TIMEOUT);
        assertThat(fixture.closes).containsExactly(CloseReason.PING_TIMEOUT);
        assertThat(webSocket.closes()).containsExactly(CloseReason.PING_TIMEOUT);
        assertThat(fixture.releases).hasValue(1);
    }

    @Test
    void endsWhenTheClientSaysSo() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.session.receive(webSocket, new Packet.Close());
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_CLOSE);
        assertThat(fixture.session.send(new Packet.Noop())).isFalse();
    }

    @Test
    void endsWhenAClientPings() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.session.receive(webSocket, new Packet.Ping(""));
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void endsOnce() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        assertThat(fixture.session.end(CloseReason.PARSE_ERROR)).isTrue();
        assertThat(fixture.session.end(CloseReason.FORCED_CLOSE)).isFalse();
        fixture.session.close(CloseReason.FORCED_CLOSE);
        fixture.session.closed(webSocket, CloseReason.TRANSPORT_CLOSE);
        fixture.pass(PING_INTERVAL.plus(PING_TIMEOUT));
        fixture.session.receive(webSocket, new Packet.Text("too late"));
        assertThat(fixture.closes).containsExactly(CloseReason.PARSE_ERROR);
        assertThat(fixture.observedCloses).containsExactly(CloseReason.PARSE_ERROR);
        assertThat(fixture.releases).hasValue(1);
        assertThat(fixture.heard).isEmpty();
        assertThat(webSocket.written()).isEmpty();
    }

    @Test
    void closesAfterWhatIsQueuedAndNamesTheFirstReason() {
        Queue<Runnable> later = new ArrayDeque<>();
        SessionFixture fixture = new SessionFixture(webSocket, later::add);
        fixture.text("last words");
        fixture.session.close(CloseReason.SERVER_SHUTDOWN);
        fixture.session.close(CloseReason.FORCED_CLOSE);
        assertThat(fixture.session.send(new Packet.Text("too late"))).isFalse();
        assertThat(fixture.closes).isEmpty();
        while (!later.isEmpty()) {
            later.remove().run();
        }
        assertThat(webSocket.written()).containsExactly(new Packet.Text("last words"));
        assertThat(fixture.closes).containsExactly(CloseReason.SERVER_SHUTDOWN);
        assertThat(webSocket.closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void closesPollingWithAPayloadOfItsOwnBehindWhatIsQueued() {
        SessionFixture fixture = SessionFixture.direct(polling);
        fixture.text("last words");
        fixture.session.close(CloseReason.FORCED_CLOSE);
        assertThat(fixture.closes).isEmpty();
        fixture.poll();
        assertThat(fixture.closes).isEmpty();
        fixture.poll();
        assertThat(polling.batches())
                .containsExactly(List.of(new Packet.Text("last words")), List.of(new Packet.Close()));
        assertThat(fixture.closes).containsExactly(CloseReason.FORCED_CLOSE);
    }

    @Test
    void doesNotListenToAClientThatIsSentAway() {
        SessionFixture fixture = SessionFixture.direct(polling);
        fixture.text("last words");
        fixture.session.close(CloseReason.FORCED_CLOSE);
        fixture.session.receive(polling, new Packet.Text("but"));
        assertThat(fixture.heard).isEmpty();
        fixture.poll();
        assertThat(polling.texts()).containsExactly("last words");
    }

    @Test
    void doesNotWaitForeverForAClientToFetchItsClosePacket() {
        SessionFixture fixture = SessionFixture.direct(polling);
        fixture.session.close(CloseReason.FORCED_CLOSE);
        fixture.pass(PING_TIMEOUT.minus(MOMENT));
        fixture.session.receive(polling, new Packet.Pong(""));
        assertThat(fixture.closes).isEmpty();
        fixture.pass(MOMENT);
        assertThat(fixture.closes).containsExactly(CloseReason.FORCED_CLOSE);
        assertThat(fixture.releases).hasValue(1);
    }

    @Test
    void endsAsASlowConsumerWhenTooManyPacketsWait() {
        SessionFixture fixture = SessionFixture.direct(polling, SessionFixture.options(3, 1_000_000));
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.session.send(new Packet.Noop())).isTrue();
        }
        assertThat(fixture.session.send(new Packet.Noop())).isFalse();
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(fixture.session.queued()).isZero();
    }

    @Test
    void endsAsASlowConsumerWhenTooManyBytesWait() {
        SessionFixture fixture = SessionFixture.direct(polling, SessionFixture.options(1_000, 10_000));
        int taken = 0;
        while (fixture.session.send(new Packet.Text("x".repeat(1_000)))) {
            taken++;
        }
        assertThat(taken).isBetween(8, 10);
        assertThat(fixture.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(fixture.session.queued()).isZero();
    }

    @Test
    void endsWhenItsTransportBreaks() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        webSocket.breakWith(new IOException("gone"));
        fixture.text("into the void");
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void endsWhenItsTransportFailsInAnUnforeseenWay() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        webSocket.breakWith(new IllegalStateException("a bug"));
        fixture.text("into the void");
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void sendsSeveralPacketsWithNothingBetweenThem() throws Exception {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        List<Thread> senders = new java.util.ArrayList<>();
        for (int sender = 0; sender < 3; sender++) {
            String name = "s" + sender;
            senders.add(new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    fixture.session.send(
                            List.of(new Packet.Text(name), new Packet.Text(name), new Packet.Text(name)),
                            SendOptions.DEFAULT);
                }
            }));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        List<String> texts = webSocket.texts();
        assertThat(texts).hasSize(2_700);
        for (int i = 0; i < texts.size(); i += 3) {
            assertThat(texts.subList(i, i + 3)).containsOnly(texts.get(i));
        }
    }

    @Test
    void endsWithAClientThatPingsInRevision4() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.session.receive(webSocket, new Packet.Ping(""));
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_ERROR);
        assertThat(fixture.refusals).containsExactly("heartbeat_direction");
    }

    @Test
    void dropsWhatMayBeDroppedWhileTheTransportCannotWrite() {
        SessionFixture fixture = SessionFixture.direct(polling);
        SendOptions droppable = new SendOptions(true, true, false);
        assertThat(fixture.session.send(List.of(new Packet.Text("lost")), droppable))
                .isFalse();
        fixture.poll();
        assertThat(fixture.session.send(List.of(new Packet.Text("kept")), droppable))
                .isTrue();
        assertThat(polling.texts()).containsExactly("kept");
        assertThat(fixture.dropped).hasValue(1);
        assertThat(fixture.closes).isEmpty();
    }

    @Test
    void tellsTheTransportWhatIsWorthCompressing() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.session.send(List.of(new Packet.Text("a")), new SendOptions(true, false, false));
        fixture.session.send(List.of(new Packet.Text("a")), new SendOptions(false, false, false));
        assertThat(webSocket.compressed()).containsExactly(true, false);
    }

    @Test
    void endsWithWhatIsNotEngineIoAndCountsItsKind() {
        SessionFixture fixture = SessionFixture.direct(webSocket);
        fixture.session.violated(webSocket, new ProtocolException(Violation.MALFORMED_UTF8));
        assertThat(fixture.closes).containsExactly(CloseReason.PARSE_ERROR);
        assertThat(fixture.refusals).containsExactly("malformed_utf8");
    }
}
