package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.Heartbeat.Due;
import app.realtime.engineio.protocol.Revision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** So that the deadlines lie beyond the overflow. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final Heartbeat heartbeat =
            new Heartbeat(Revision.V4, Duration.ofSeconds(30), Duration.ofSeconds(60), START);

    private Due after(long seconds) {
        return heartbeat.due(START + seconds * SECOND);
    }

    @Test
    void pingsOnceAfterTheInterval() {
        assertThat(after(29)).isEqualTo(Due.NOTHING);
        assertThat(after(30)).isEqualTo(Due.PING);
        assertThat(after(31)).isEqualTo(Due.NOTHING);
        assertThat(after(89)).isEqualTo(Due.NOTHING);
    }

    @Test
    void givesUpWhenNoPongCameInTime() {
        after(30);
        assertThat(after(90)).isEqualTo(Due.TIMEOUT);
    }

    @Test
    void beginsAnewWithAPong() {
        after(30);
        heartbeat.ponged(START + 80 * SECOND);
        assertThat(after(109)).isEqualTo(Due.NOTHING);
        assertThat(after(110)).isEqualTo(Due.PING);
        assertThat(after(169)).isEqualTo(Due.NOTHING);
        assertThat(after(170)).isEqualTo(Due.TIMEOUT);
    }

    @Test
    void takesNoPongThatItDidNotAskFor() {
        heartbeat.ponged(START + 29 * SECOND);
        assertThat(after(30)).isEqualTo(Due.PING);
    }

    @Test
    void countsTheAnswerFromWhenThePingWasDue() {
        assertThat(after(32)).isEqualTo(Due.PING);
        assertThat(after(89)).isEqualTo(Due.NOTHING);
        assertThat(after(90)).isEqualTo(Due.TIMEOUT);
    }

    @Test
    void leavesTheClientMostOfItsTimeWhenTheSweepCameMuchTooLate() {
        assertThat(after(1_000)).isEqualTo(Due.PING);
        assertThat(after(1_044)).isEqualTo(Due.NOTHING);
        assertThat(after(1_045)).isEqualTo(Due.TIMEOUT);
    }

    @Test
    void waitsForTheClientsPingInRevision3() {
        Heartbeat older = new Heartbeat(Revision.V3, Duration.ofSeconds(30), Duration.ofSeconds(60), START);
        assertThat(older.due(START + 89 * SECOND)).isEqualTo(Due.NOTHING);
        older.pinged(START + 80 * SECOND);
        assertThat(older.due(START + 169 * SECOND)).isEqualTo(Due.NOTHING);
        assertThat(older.due(START + 170 * SECOND)).isEqualTo(Due.TIMEOUT);
    }

    @Test
    void givesUpInRevision3WhenNoPingEverCame() {
        Heartbeat older = new Heartbeat(Revision.V3, Duration.ofSeconds(30), Duration.ofSeconds(60), START);
        assertThat(older.due(START + 90 * SECOND)).isEqualTo(Due.TIMEOUT);
    }

    @Test
    void endsASessionThatIsNotFetchedAnyMore() {
        after(30);
        heartbeat.expectEnd(START + 40 * SECOND);
        heartbeat.ponged(START + 50 * SECOND);
        assertThat(after(99)).isEqualTo(Due.NOTHING);
        assertThat(after(100)).isEqualTo(Due.END);
    }
}
