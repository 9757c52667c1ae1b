package app.realtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessageLimitsTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final InetAddress ADDRESS = address("192.0.2.1");

    /** Near its overflow, as {@link System#nanoTime()} may be. */
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());

    private final MessageLimits limits = limits(2, 5);

    @Test
    void grantsExactlyTheMaximumInAWindow() {
        SocketAllowance socket = limits.open(ADDRESS);
        pass(Duration.ofSeconds(59));

        assertThat(granted(socket, 7)).isEqualTo(5);
        pass(WINDOW.minusNanos(1));
        assertThat(granted(socket, 7)).isZero();
        pass(Duration.ofNanos(1));
        assertThat(granted(socket, 7)).isEqualTo(5);
    }

    @Test
    void saysHowLongToWait() {
        SocketAllowance socket = limits.open(ADDRESS);
        granted(socket, 5);
        pass(Duration.ofSeconds(20));

        assertThat(socket.tryAcquire()).contains(Duration.ofSeconds(40));
    }

    @Test
    void doesNotSaveUpWhatWasNotSent() {
        SocketAllowance socket = limits.open(ADDRESS);
        granted(socket, 1);
        pass(WINDOW.multipliedBy(10));

        assertThat(granted(socket, 20)).isEqualTo(5);
    }

    @Test
    void limitsAllSocketsOfAnAddressTogether() {
        List<SocketAllowance> sockets = new ArrayList<>();
        int granted = 0;
        for (int i = 0; i < 3; i++) {
            SocketAllowance socket = limits.open(ADDRESS);
            sockets.add(socket);
            granted += granted(socket, 5);
        }
        assertThat(granted).isEqualTo(10);
        assertThat(sockets.get(2).tryAcquire()).contains(WINDOW);
        assertThat(granted(limits.open(address("192.0.2.2")), 5)).isEqualTo(5);
    }

    @Test
    void doesNotLetOneSocketUseUpWhatItsNeighboursMaySend() {
        granted(limits.open(ADDRESS), 1_000);

        assertThat(granted(limits.open(ADDRESS), 5)).isEqualTo(5);
    }

    @Test
    void doesNotCountForTheSocketWhatTheAddressRefused() {
        MessageLimits tight = limits(1, 4);
        SocketAllowance first = tight.open(ADDRESS);
        SocketAllowance second = tight.open(ADDRESS);
        assertThat(granted(first, 1)).isEqualTo(1);
        pass(Duration.ofSeconds(30));
        assertThat(granted(second, 4)).isEqualTo(3);
        pass(Duration.ofSeconds(30));

        // The address's window is over, that of the second socket is not: three of its four are used.
        assertThat(granted(second, 4)).isEqualTo(1);
    }

    @Test
    void comingBackDoesNotBeginANewLimitForTheAddress() {
        int granted = 0;
        for (int i = 0; i < 10; i++) {
            try (SocketAllowance socket = limits.open(ADDRESS)) {
                granted += granted(socket, 5);
            }
        }
        assertThat(granted).isEqualTo(10);
    }

    @Test
    void forgetsAnAddressWhenItIsGoneAndItsWindowIsOver() {
        SocketAllowance socket = limits.open(ADDRESS);
        granted(socket, 1);
        socket.close();
        socket.close();
        assertThat(limits.addresses()).isEqualTo(1);

        pass(WINDOW);
        limits.open(address("192.0.2.2")).close();

        assertThat(limits.addresses()).isZero();
    }

    @Test
    void forgetsAtOnceAnAddressThatSentNothing() {
        limits.open(ADDRESS).close();
        assertThat(limits.addresses()).isZero();

        SocketAllowance socket = limits.open(ADDRESS);
        granted(socket, 5);
        pass(WINDOW);
        socket.close();
        assertThat(limits.addresses()).isZero();
    }

    @Test
    void doesNotForgetAnAddressThatCameBack() {
        SocketAllowance first = limits.open(ADDRESS);
        granted(first, 5);
        first.close();
        SocketAllowance second = limits.open(ADDRESS);
        pass(WINDOW);
        limits.open(address("192.0.2.2"));

        assertThat(limits.addresses()).isEqualTo(2);
        assertThat(granted(second, 5)).isEqualTo(5);
        second.close();
        assertThat(granted(limits.open(ADDRESS), 6)).isEqualTo(5);
    }

    @Test
    void takesTheLargestSettings() {
        MessageLimits large = new MessageLimits(
                new LimitSettings(1_000_000, 1_000_000, Duration.ofMillis(100)), Optional.empty(), nanos::get);

        assertThat(granted(large.open(ADDRESS), 1_000)).isEqualTo(1_000);
    }

    @Test
    void grantsNoMoreWhenManyThreadsAsk() throws Exception {
        MessageLimits shared = limits(4, 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger granted = new AtomicInteger();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> {
                try (SocketAllowance socket = shared.open(ADDRESS)) {
                    granted.addAndGet(granted(socket, 1_500));
                }
                return null;
            });
        }
        for (Future<Void> task : threads.invokeAll(tasks)) {
            task.get();
        }
        threads.shutdown();

        assertThat(granted).hasValue(4_000);
    }

    /** Under any pattern of pauses no window that begins with a message holds more than the maximum. */
    @Property(tries = 200)
    void neverGrantsMoreThanTheMaximumInAWindow(@ForAll @Size(max = 60) List<@IntRange(max = 90) Integer> pauses) {
        SocketAllowance socket = limits(1, 3).open(ADDRESS);
        long start = nanos.get();
        int inWindow = 0;
        boolean begun = false;
        for (int pause : pauses) {
            pass(Duration.ofSeconds(pause));
            long sinceStart = nanos.get() - start;
            if (!begun || sinceStart >= WINDOW.toNanos()) {
                start = begun ? start + sinceStart / WINDOW.toNanos() * WINDOW.toNanos() : nanos.get();
                begun = true;
                inWindow = 0;
            }
            boolean granted = socket.tryAcquire().isEmpty();
            assertThat(granted).isEqualTo(inWindow < 3);
            inWindow++;
        }
    }

    private MessageLimits limits(int connections, int messages) {
        return new MessageLimits(new LimitSettings(connections, messages, WINDOW), Optional.empty(), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static int granted(SocketAllowance socket, int attempts) {
        int granted = 0;
        for (int i = 0; i < attempts; i++) {
            if (socket.tryAcquire().isEmpty()) {
                granted++;
            }
        }
        return granted;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
