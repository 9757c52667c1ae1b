package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private static final SendOptions KEPT = new SendOptions(false, false, false);
    private static final SendOptions DROPPABLE = new SendOptions(false, true, false);

    private static Packet text(int length) {
        return new Packet.Text("x".repeat(length));
    }

    private static Packet bytes(int length) {
        return new Packet.Binary(new byte[length]);
    }

    private static boolean fits(OutboundQueue queue, Packet packet) {
        return queue.offer(List.of(packet), KEPT).isEmpty();
    }

    @Test
    void givesBackEverythingInOrderAndIsEmptyThen() {
        OutboundQueue queue = new OutboundQueue(10, 1_000, new Crowd());
        fits(queue, new Packet.Text("a"));
        fits(queue, new Packet.Ping(""));
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.takeAll().packets()).containsExactly(new Packet.Text("a"), new Packet.Ping(""));
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void isInTheCrowdWhileItIsMoreThanHalfFull() {
        Crowd crowd = new Crowd();
        OutboundQueue byNumber = new OutboundQueue(4, 1_000_000, crowd);
        OutboundQueue byWeight = new OutboundQueue(1_000, 300, crowd);
        fits(byNumber, text(1));
        fits(byNumber, text(1));
        fits(byWeight, text(100));
        assertThat(crowd.isEmpty()).isTrue();

        fits(byNumber, text(1));
        fits(byWeight, text(100));
        byNumber.takeAll();
        assertThat(crowd.isEmpty()).as("the other is still in it").isFalse();
        byWeight.clear();
        assertThat(crowd.isEmpty()).isTrue();
    }

    @Test
    void isWorthCompressingWhenOneOfItsPacketsIs() {
        OutboundQueue queue = new OutboundQueue(10, 1_000, new Crowd());
        queue.offer(List.of(text(1)), KEPT);
        queue.offer(List.of(text(1)), SendOptions.DEFAULT);
        queue.offer(List.of(text(1)), KEPT);
        assertThat(queue.takeAll().compress()).isTrue();
        queue.offer(List.of(text(1)), KEPT);
        assertThat(queue.takeAll().compress()).isFalse();
    }

    @Test
    void holdsNoMorePacketsThanItMay() {
        OutboundQueue queue = new OutboundQueue(2, 1_000, new Crowd());
        assertThat(fits(queue, text(1))).isTrue();
        assertThat(fits(queue, text(1))).isTrue();
        assertThat(queue.offer(List.of(text(1)), KEPT)).contains(OutboundLimit.MESSAGES);
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void holdsNoMoreBytesThanItMay() {
        OutboundQueue queue = new OutboundQueue(100, 300, new Crowd());
        assertThat(fits(queue, text(100))).isTrue();
        assertThat(fits(queue, bytes(100))).isTrue();
        assertThat(queue.offer(List.of(text(100)), KEPT)).contains(OutboundLimit.BYTES);
        assertThat(fits(queue, text(10))).isTrue();
    }

    @Test
    void hasRoomForOneMessageOfAnySizeWithItsAttachmentsWhenEmpty() {
        OutboundQueue queue = new OutboundQueue(2, 300, new Crowd());
        assertThat(queue.offer(List.of(text(10), bytes(1_000), bytes(1_000)), KEPT))
                .isEmpty();
        assertThat(fits(queue, new Packet.Noop())).isFalse();
        assertThat(queue.takeAll().packets()).hasSize(3);
    }

    @Test
    void takesAllOfAMessageOrNothing() {
        OutboundQueue queue = new OutboundQueue(100, 300, new Crowd());
        fits(queue, text(1));
        assertThat(queue.offer(List.of(text(1), bytes(1_000)), KEPT)).isPresent();
        assertThat(queue.takeAll().packets()).hasSize(1);
    }

    @Test
    void hasRoomAgainOnceTaken() {
        OutboundQueue queue = new OutboundQueue(1, 20, new Crowd());
        for (int i = 0; i < 1_000; i++) {
            assertThat(fits(queue, text(1))).isTrue();
            queue.takeAll();
        }
    }

    @Test
    void makesRoomByDroppingAWholeMessageThatMayBeDropped() {
        OutboundQueue queue = new OutboundQueue(3, 10_000, new Crowd());
        queue.offer(List.of(text(1), bytes(1)), DROPPABLE);
        fits(queue, text(3));
        assertThat(fits(queue, text(4))).isFalse();
        assertThat(queue.drop()).isTrue();
        assertThat(fits(queue, text(4))).isTrue();
        assertThat(queue.drop()).isFalse();
        assertThat(queue.bytes()).isEqualTo(text(3).weight() + text(4).weight());
        assertThat(queue.takeAll().packets()).containsExactly(text(3), text(4));
    }

    @Test
    void dropsNothingOfWhatCameAfterIt() {
        OutboundQueue queue = new OutboundQueue(3, 10_000, new Crowd());
        queue.offer(List.of(text(1)), DROPPABLE);
        queue.takeAll();
        fits(queue, text(2));
        assertThat(queue.drop()).isFalse();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void givesAPartOfWhatWaitsInOrder() {
        OutboundQueue queue = new OutboundQueue(10, 10_000, new Crowd());
        for (int length = 1; length <= 4; length++) {
            queue.offer(List.of(text(length * 100)), SendOptions.DEFAULT);
        }
        assertThat(queue.take(300)).isEqualTo(new Batch(List.of(text(100), text(200)), true));
        assertThat(queue.bytes()).isEqualTo(text(300).weight() + text(400).weight());
        assertThat(queue.take(1).packets()).containsExactly(text(300));
        assertThat(queue.take(300).packets()).containsExactly(text(400));
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void dropsNoRestOfAMessageThatHasBegun() {
        OutboundQueue queue = new OutboundQueue(10, 10_000, new Crowd());
        queue.offer(List.of(text(100), bytes(100), bytes(100)), DROPPABLE);
        assertThat(queue.take(1).packets()).hasSize(1);
        assertThat(queue.drop()).isFalse();
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void tellsMessagesFromHeartbeats() {
        OutboundQueue queue = new OutboundQueue(10, 10_000, new Crowd());
        assertThat(queue.hasMessages()).isFalse();
        fits(queue, new Packet.Ping(""));
        fits(queue, new Packet.Pong(""));
        assertThat(queue.hasMessages()).isFalse();
        fits(queue, text(1));
        assertThat(queue.hasMessages()).isTrue();
    }
}
