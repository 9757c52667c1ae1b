package app.realtime.engineio;

import static app.realtime.engineio.SessionFixture.PING_INTERVAL;
import static app.realtime.engineio.SessionFixture.PING_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What differs for clients of Engine.IO protocol revision 3: the heartbeat goes the other way. */
class SessionRevision3Test {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MemoryTransport webSocket = MemoryTransport.webSocket();
    private final SessionFixture fixture = SessionFixture.revision3(webSocket);

    @Test
    void answersPingsAndSendsNone() {
        fixture.pass(PING_INTERVAL);
        assertThat(webSocket.written()).isEmpty();
        fixture.session.receive(webSocket, new Packet.Ping(""));
        assertThat(webSocket.written()).containsExactly(new Packet.Pong(""));
    }

    @Test
    void livesAsLongAsTheClientPingsInTime() {
        Duration almost = PING_INTERVAL.plus(PING_TIMEOUT).minus(MOMENT);
        for (int i = 0; i < 3; i++) {
            fixture.pass(almost);
            fixture.session.receive(webSocket, new Packet.Ping(""));
        }
        assertThat(fixture.closes).isEmpty();
    }

    @Test
    void endsWhenNoPingComesInTimeCountedFromTheBeginning() {
        fixture.pass(PING_INTERVAL.plus(PING_TIMEOUT).minus(MOMENT));
        assertThat(fixture.closes).isEmpty();
        fixture.pass(MOMENT);
        assertThat(fixture.closes).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void endsWithAClientThatAnswersPingsNobodySent() {
        fixture.session.receive(webSocket, new Packet.Pong(""));
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_ERROR);
        assertThat(fixture.refusals).containsExactly("heartbeat_direction");
    }
}
