package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Who writes: the sender itself, or a writer. */
class SessionWritersTest {

    private static final SendOptions TO_MANY = new SendOptions(true, false, true);

    private final Queue<Runnable> writers = new ArrayDeque<>();
    private final MemoryTransport transport = MemoryTransport.webSocket();
    private final SessionFixture fixture = new SessionFixture(transport, writers::add);

    private void runWriters() {
        for (Runnable next = writers.poll(); next != null; next = writers.poll()) {
            next.run();
        }
    }

    @Test
    void theSenderWritesItselfWhereNothingWaitsForTheClient() {
        transport.neverWaits();
        fixture.text("a");
        assertThat(transport.texts()).containsExactly("a");
        assertThat(writers).isEmpty();
    }

    @Test
    void aWriterWritesWhereItMayHaveToWait() {
        fixture.text("a");
        assertThat(transport.texts()).isEmpty();
        runWriters();
        assertThat(transport.texts()).containsExactly("a");
    }

    @Test
    void whatGoesToManyIsLeftToTheWriters() {
        transport.neverWaits();
        fixture.session.send(List.of(new Packet.Text("a")), TO_MANY);
        fixture.session.send(List.of(new Packet.Text("b")), TO_MANY);
        assertThat(transport.texts()).isEmpty();
        runWriters();
        assertThat(transport.batches()).hasSize(1);
        assertThat(transport.texts()).containsExactly("a", "b");
    }

    @Test
    void theSenderDoesNotOvertakeAWriter() {
        transport.neverWaits();
        fixture.session.send(List.of(new Packet.Text("a")), TO_MANY);
        fixture.text("b");
        assertThat(transport.texts()).isEmpty();
        runWriters();
        assertThat(transport.texts()).containsExactly("a", "b");
    }

    @Test
    void theSenderIsNotKeptForWhatOthersAdd() {
        transport.neverWaits();
        transport.onWrite(() -> {
            if (transport.texts().size() < 20) {
                fixture.text("more");
            }
        });
        fixture.text("first");
        assertThat(transport.texts()).hasSizeLessThan(20);
        runWriters();
        assertThat(transport.texts()).hasSize(21);
        assertThat(transport.hasOverlapped()).isFalse();
    }

    @Test
    void theSenderDoesNotEndTheSessionItself() {
        transport.neverWaits();
        transport.breakWith(new IOException("the connection is gone"));
        fixture.text("a");
        assertThat(fixture.closes).isEmpty();
        runWriters();
        assertThat(fixture.closes).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void whatIsHeldLeavesTogetherWhenTheLastHoldIsReleased() {
        transport.neverWaits();
        fixture.session.hold();
        fixture.session.hold();
        fixture.text("a");
        fixture.session.send(List.of(new Packet.Text("b")), TO_MANY);
        fixture.session.release();
        fixture.pass(Duration.ofSeconds(1));
        runWriters();
        assertThat(transport.texts()).isEmpty();
        fixture.session.release();
        assertThat(transport.batches()).hasSize(1);
        assertThat(transport.texts()).containsExactly("a", "b");
    }
}
