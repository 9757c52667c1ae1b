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
        queue.offer(new Packet.Text("a"), false);
        queue.offer(new Packet.Ping(""), false);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.takeAll().packets()).containsExactly(new Packet.Text("a"), new Packet.Ping(""));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void isWorthCompressingWhenOneOfItsPacketsIs() {
        OutboundQueue queue = new OutboundQueue(10, 1_000);
        queue.offer(text(1), false);
        queue.offer(text(1), true);
        queue.offer(text(1), false);
        assertThat(queue.takeAll().compress()).isTrue();
        queue.offer(text(1), false);
        assertThat(queue.takeAll().compress()).isFalse();
    }

    @Test
    void holdsNoMorePacketsThanItMay() {
        OutboundQueue queue = new OutboundQueue(2, 1_000);
        assertThat(queue.offer(text(1), false)).isTrue();
        assertThat(queue.offer(text(1), false)).isTrue();
        assertThat(queue.offer(text(1), false)).isFalse();
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void holdsNoMoreBytesThanItMay() {
        OutboundQueue queue = new OutboundQueue(100, 300);
        assertThat(queue.offer(text(100), false)).isTrue();
        assertThat(queue.offer(new Packet.Binary(new byte[100]), false)).isTrue();
        assertThat(queue.offer(text(100), false)).isFalse();
        assertThat(queue.offer(text(10), false)).isTrue();
    }

    @Test
    void hasRoomForOnePacketOfAnySizeWhenEmpty() {
        OutboundQueue queue = new OutboundQueue(100, 300);
        assertThat(queue.offer(text(1_000), false)).isTrue();
        assertThat(queue.offer(new Packet.Noop(), false)).isFalse();
    }

    @Test
    void hasRoomAgainOnceTaken() {
        OutboundQueue queue = new OutboundQueue(1, 20);
        for (int i = 0; i < 1_000; i++) {
            assertThat(queue.offer(text(1), false)).isTrue();
            queue.takeAll();
        }
    }
}
