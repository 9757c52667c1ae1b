package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private static Packet text(int length) {
        return new Packet.Text("x".repeat(length));
    }

    @Test
    void givesBackEverythingInOrderAndIsEmptyThen() {
        OutboundQueue queue = new OutboundQueue(10, 1_000);
        queue.offer(new Packet.Text("a"));
        queue.offer(new Packet.Ping(""));
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.takeAll()).containsExactly(new Packet.Text("a"), new Packet.Ping(""));
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.takeAll()).isEmpty();
    }

    @Test
    void holdsNoMorePacketsThanItMay() {
        OutboundQueue queue = new OutboundQueue(2, 1_000);
        assertThat(queue.offer(text(1))).isTrue();
        assertThat(queue.offer(text(1))).isTrue();
        assertThat(queue.offer(text(1))).isFalse();
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void holdsNoMoreBytesThanItMay() {
        OutboundQueue queue = new OutboundQueue(100, 300);
        assertThat(queue.offer(text(100))).isTrue();
        assertThat(queue.offer(new Packet.Binary(new byte[100]))).isTrue();
        assertThat(queue.offer(text(100))).isFalse();
        assertThat(queue.offer(text(10))).isTrue();
    }

    @Test
    void hasRoomForOnePacketOfAnySizeWhenEmpty() {
        OutboundQueue queue = new OutboundQueue(100, 300);
        assertThat(queue.offer(text(1_000))).isTrue();
        assertThat(queue.offer(new Packet.Noop())).isFalse();
    }

    @Test
    void hasRoomAgainOnceTaken() {
        OutboundQueue queue = new OutboundQueue(1, 20);
        for (int i = 0; i < 1_000; i++) {
            assertThat(queue.offer(text(1))).isTrue();
            queue.takeAll();
        }
    }
}
