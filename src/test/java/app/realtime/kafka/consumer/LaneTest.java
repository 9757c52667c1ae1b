package app.realtime.kafka.consumer;

import static app.realtime.kafka.consumer.LaneFixture.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.kafka.consumer.Handling.Delivered;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private final LaneFixture fixture = new LaneFixture();
    private final Lane lane = fixture.lane();
    private final CountDownLatch hold = new CountDownLatch(1);

    @AfterEach
    void close() {
        hold.countDown();
        fixture.close();
    }

    @Test
    void handsItsRecordsOnInOrderOneAfterTheOther() {
        String[] many = Collections.nCopies(500, "good").toArray(String[]::new);
        lane.add(records(0, many), 500);
        lane.add(records(500, many), 1000);

        awaitSettled(1000);
        assertThat(fixture.handled)
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    }

    @Test
    void hasNothingToCommitBeforeItsFirstRecord() {
        assertThat(lane.settled()).isEmpty();
        assertThat(lane.unsettled()).isZero();
    }

    @Test
    void mayCommitBeyondItsRecordsWhereThereIsNothingButMarks() {
        lane.add(records(0, "good"), 7);
        awaitSettled(7);

        lane.add(List.of(), 9);
        assertThat(lane.settled()).hasValue(9);
    }

    @Test
    void settlesNothingFromARecordOnThatIsStillOnItsWayAside() {
        lane.add(records(0, "good", "bad", "good", "bad", "good"), 5);

        await().until(() -> fixture.handled.size() == 5 && fixture.aside.size() == 2);
        assertThat(lane.settled()).hasValue(1);
        fixture.aside.get(3L).complete(null);
        assertThat(lane.settled()).hasValue(1);
        fixture.aside.get(1L).complete(null);
        assertThat(lane.settled()).hasValue(5);
    }

    @Test
    void waitsWhenAHundredAreOnTheirWayAside() {
        lane.add(records(0, Collections.nCopies(150, "bad").toArray(String[]::new)), 150);

        await().until(() -> fixture.aside.size() == Lane.MAX_ASIDE);
        await().during(Duration.ofMillis(100)).until(() -> fixture.handled.size() == Lane.MAX_ASIDE);
        fixture.aside.get(0L).complete(null);
        await().until(() -> fixture.handled.size() == Lane.MAX_ASIDE + 1);
        assertThat(lane.settled()).hasValue(1);
    }

    @Test
    void settlesNothingFromARecordOnThatIsBeingProcessed() {
        fixture.handler = value -> holdUp();
        lane.add(records(4, "one", "two"), 6);

        await().until(() -> lane.unsettled() == 2);
        assertThat(lane.settled()).hasValue(4);
        hold.countDown();
        awaitSettled(6);
    }

    @Test
    void leavesWhatWaitsUnsettledWhenItIsClosed() throws InterruptedException {
        fixture.handler = value -> holdUp();
        lane.add(records(0, "one", "two", "three"), 3);
        await().until(() -> fixture.begun.get() == 1);

        lane.close();
        assertThat(lane.settled()).hasValue(0);
        hold.countDown();
        assertThat(lane.awaitQuiet(Duration.ofSeconds(10))).isTrue();

        assertThat(fixture.handled).containsExactly(0L);
        assertThat(lane.settled()).hasValue(1);
    }

    @Test
    void givesUpWhatTakesTooLongAtTheFarewellWithoutPuttingItAside() throws InterruptedException {
        fixture.handler = value -> {
            holdUp();
            return new Handling.Rejected(Outcome.FAILED, "interrupted");
        };
        lane.add(records(0, "one"), 1);
        await().until(() -> fixture.begun.get() == 1);
        lane.close();

        assertThat(lane.awaitQuiet(Duration.ofMillis(50))).isFalse();
        await().until(() -> fixture.handled.size() == 1 && fixture.workers.hanging() == 0);
        assertThat(fixture.rejections).isEmpty();
        assertThat(lane.settled()).hasValue(0);
    }

    @Test
    void withdrawsWhatIsOnItsWayAsideWhenItIsAbandoned() {
        lane.add(records(0, "bad", "bad"), 2);
        await().until(() -> fixture.aside.size() == 2);
        lane.close();
        lane.abandon();

        await().until(() -> fixture.aside.values().stream().allMatch(Future::isCancelled));
        assertThat(lane.settled()).hasValue(0);
    }

    @Test
    void waitsWhenTooManyBytesAreOnTheirWayAside() {
        String heavy = "x".repeat((int) Lane.MAX_ASIDE_BYTES);
        fixture.handler = value -> new Handling.Rejected(Outcome.MALFORMED, "heavy");
        lane.add(records(0, heavy, "light"), 2);

        await().until(() -> fixture.aside.size() == 1);
        await().during(Duration.ofMillis(100)).until(() -> fixture.handled.size() == 1);
        fixture.aside.get(0L).complete(null);
        await().until(() -> fixture.handled.size() == 2);
    }

    @Test
    void givesUpARecordThatHangsAndGoesOn() {
        fixture.takesAside = true;
        fixture.handler = value -> value.equals("hangs") ? holdUp() : new Delivered(1);
        try (CapturedLog log = new CapturedLog(HangLog.class)) {
            lane.add(records(0, "good", "hangs", "good"), 3);
            watchUntilSettled(3);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("longer than 300 ms: topic t, partition 0, offset 1", "holdUp");
        }
        assertThat(fixture.rejections)
                .containsExactly(new Handling.Rejected(Outcome.TIMED_OUT, "it took longer than 300 ms"));
        assertThat(fixture.observed.told()).contains("t-0 timed_out");
        await("its thread came back").until(() -> fixture.workers.hanging() == 0);
    }

    @Test
    void goesOnWithoutAThreadThatHeedsNoInterrupt() {
        fixture.takesAside = true;
        fixture.handler = value -> value.equals("hangs") ? holdUpForGood() : new Delivered(1);
        lane.add(records(0, "hangs", "good", "hangs", "good"), 4);
        watchUntilSettled(4);

        assertThat(fixture.handled).containsExactly(1L, 3L);
        assertThat(fixture.workers.hanging()).isEqualTo(2);
        hold.countDown();
        await().until(() -> fixture.workers.hanging() == 0);
    }

    @Test
    void waitsAndSaysSoWhenTooManyThreadsHang() {
        fixture.takesAside = true;
        fixture.handler = value -> holdUpForGood();
        int more = Workers.MAX_HANGING + 1;
        try (CapturedLog log = new CapturedLog(HangLog.class)) {
            lane.add(records(0, Collections.nCopies(more, "hangs").toArray(String[]::new)), more);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                lane.watch(System.nanoTime(), LIMIT);
                return log.messages().stream().anyMatch(message -> message.contains("threads hang"));
            });
        }
        assertThat(lane.settled()).hasValue(Workers.MAX_HANGING);
        hold.countDown();
    }

    @Test
    void letsOtherLanesGoOnBesideASlowOne() {
        fixture.handler = value -> value.equals("slow") ? holdUp() : new Delivered(1);
        Lane second = fixture.lane();
        Lane third = fixture.lane();
        lane.add(records(0, "slow"), 1);
        second.add(records(0, "slow"), 1);
        third.add(records(0, "good"), 1);

        await().until(() -> {
            lane.watch(System.nanoTime(), Duration.ofHours(1));
            return third.settled().orElse(0) == 1;
        });
        assertThat(lane.settled()).hasValue(0);
    }

    @Test
    void goesSlowlyWhileClientsAreBehind() {
        fixture.crowded = true;
        int records = 20 * Pace.BURST;
        long begin = System.nanoTime();
        lane.add(records(0, Collections.nCopies(records, "good").toArray(String[]::new)), records);

        awaitSettled(records);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("at least the pauses between the bursts")
                .isGreaterThanOrEqualTo(Duration.ofMillis(19L * Pace.PAUSE_MILLIS));
    }

    @Test
    void isFullByNumberAndByWeight() {
        fixture.handler = value -> holdUp();
        assertThat(lane.isFull()).isFalse();
        assertThat(lane.hasRoom()).isTrue();
        lane.add(records(0, Collections.nCopies(Lane.MAX_RECORDS + 1, "x").toArray(String[]::new)), 1001);
        assertThat(lane.isFull()).isTrue();
        assertThat(lane.hasRoom()).isFalse();

        Lane heavy = fixture.lane();
        heavy.add(records(0, "x", "y".repeat((int) Lane.MAX_BYTES)), 2);
        assertThat(heavy.isFull()).isTrue();
    }

    private Handling holdUp() {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Delivered(1);
    }

    private Handling holdUpForGood() {
        boolean interrupted = false;
        while (true) {
            try {
                hold.await();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return new Delivered(1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private void awaitSettled(long offset) {
        await().atMost(Duration.ofSeconds(30)).until(() -> lane.settled().orElse(-1) == offset);
    }

    private void watchUntilSettled(long offset) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            lane.watch(System.nanoTime(), LIMIT);
            return lane.settled().orElse(-1) == offset;
        });
    }
}
