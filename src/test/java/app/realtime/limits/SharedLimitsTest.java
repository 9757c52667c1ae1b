package app.realtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Limits that several instances hold together. */
class SharedLimitsTest {

    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final LimitSettings SETTINGS = new LimitSettings(3, 4, Duration.ofMinutes(1));

    private final MemoryCounts oneCounts = new MemoryCounts("one");
    private final MemoryCounts twoCounts = oneCounts.another("two");
    private final ConnectionLimits one = new ConnectionLimits(SETTINGS, Optional.of(oneCounts));
    private final ConnectionLimits two = new ConnectionLimits(SETTINGS, Optional.of(twoCounts));
    private final AtomicLong nanos = new AtomicLong();

    private static CompletionStage<Admission> ask(ConnectionLimits limits) {
        return limits.admit(new HandshakeRequest(ADDRESS, Map.of(), Map.of(), "/socket.io/", false));
    }

    private static Admission admit(ConnectionLimits limits) {
        return ask(limits).toCompletableFuture().join();
    }

    private static Runnable release(Admission admission) {
        return ((Admission.Admitted) admission).release();
    }

    @Test
    void sessionsOfAllInstancesCountTogether() {
        Runnable first = release(admit(one));
        release(admit(two));
        release(admit(two));
        assertThat(admit(one)).isInstanceOf(Admission.Refused.class);
        assertThat(admit(two)).isInstanceOf(Admission.Refused.class);
        assertThat(oneCounts.sessionsOf("two", ADDRESS)).isEqualTo(2);
        first.run();
        first.run();
        assertThat(oneCounts.sessionsOf("one", ADDRESS)).isZero();
        assertThat(admit(two)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aFullInstanceAsksNobody() {
        for (int i = 0; i < 3; i++) {
            release(admit(one));
        }
        int asked = oneCounts.asked;
        assertThat(ask(one).toCompletableFuture()).isCompletedWithValueMatching(Admission.Refused.class::isInstance);
        assertThat(oneCounts.asked).isEqualTo(asked);
    }

    @Test
    void nobodyIsAnsweredBeforeTheOthersAre() {
        oneCounts.gate = new CompletableFuture<>();
        CompletableFuture<Admission> admission = ask(one).toCompletableFuture();
        assertThat(admission).isNotDone();
        oneCounts.gate.complete(null);
        assertThat(admission).isCompletedWithValueMatching(Admission.Admitted.class::isInstance);
    }

    @Test
    void withoutTheOthersTheLimitIsThatOfOneInstance() {
        for (int i = 0; i < 3; i++) {
            release(admit(two));
        }
        oneCounts.away = true;
        for (int i = 0; i < 3; i++) {
            assertThat(admit(one)).isInstanceOf(Admission.Admitted.class);
        }
        assertThat(admit(one)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void whatTheOthersHaveNotHeardTheyAreToldLater() {
        Runnable release = release(admit(one));
        oneCounts.away = true;
        release.run();
        assertThat(oneCounts.sessionsOf("one", ADDRESS)).isEqualTo(1);
        one.tellUntold();
        oneCounts.away = false;
        one.tellUntold();
        assertThat(oneCounts.sessionsOf("one", ADDRESS)).isZero();

        release(admit(one));
        oneCounts.forgetEverything();
        one.tellAgain();
        assertThat(oneCounts.sessionsOf("one", ADDRESS)).isEqualTo(1);
        int asked = oneCounts.asked;
        one.tellUntold();
        assertThat(oneCounts.asked).isEqualTo(asked);
        one.tellAgain();
        assertThat(oneCounts.asked).isEqualTo(asked + 1);
    }

    private SocketAllowance allowance(MemoryCounts counts) {
        return new MessageLimits(SETTINGS, Optional.of(counts), nanos::get).open(ADDRESS);
    }

    /** How many messages are let through until one is not. */
    private static int sendAll(SocketAllowance allowance) {
        int sent = 0;
        while (allowance.tryAcquire().isEmpty()) {
            sent++;
        }
        return sent;
    }

    @Test
    void messagesOfAllInstancesCountTogether() {
        MessageLimits first = new MessageLimits(SETTINGS, Optional.of(oneCounts), nanos::get);
        MessageLimits second = new MessageLimits(SETTINGS, Optional.of(twoCounts), nanos::get);
        assertThat(sendAll(first.open(ADDRESS))).isEqualTo(4);
        assertThat(sendAll(second.open(ADDRESS))).isEqualTo(4);
        assertThat(sendAll(second.open(ADDRESS))).isEqualTo(4);
        SocketAllowance last = second.open(ADDRESS);
        assertThat(last.tryAcquire()).contains(Duration.ofMinutes(1));
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(last.tryAcquire()).contains(Duration.ofSeconds(40));
        oneCounts.forgetEverything();
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(last.tryAcquire()).isEmpty();
    }

    @Test
    void whileAnAnswerIsOnItsWayMessagesGoOnAndCount() {
        oneCounts.gate = new CompletableFuture<>();
        SocketAllowance allowance = allowance(oneCounts);
        for (int i = 0; i < 4; i++) {
            assertThat(allowance.tryAcquire()).isEmpty();
        }
        assertThat(oneCounts.asked).isEqualTo(1);
        oneCounts.gate.complete(null);
        assertThat(allowance.tryAcquire()).isPresent();
    }

    @Test
    void manyMessagesAreToldOfTogether() {
        MessageLimits limits = new MessageLimits(
                new LimitSettings(10, 640, Duration.ofMinutes(1)), Optional.of(oneCounts), nanos::get);
        assertThat(sendAll(limits.open(ADDRESS))).isEqualTo(640);
        assertThat(oneCounts.asked).isEqualTo(6);
    }

    @Test
    void withoutTheOthersMessagesAreCountedHere() {
        oneCounts.away = true;
        assertThat(sendAll(allowance(oneCounts))).isEqualTo(4);
        assertThat(oneCounts.asked).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        oneCounts.away = false;
        assertThat(sendAll(allowance(oneCounts))).isEqualTo(4);
        assertThat(oneCounts.asked).isEqualTo(5);
    }
}
