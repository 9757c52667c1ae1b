package app.realtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {

    private final ConnectionLimits limits =
            new ConnectionLimits(new LimitSettings(3, 100, Duration.ofMinutes(1)), Optional.empty());

    @Test
    void admitsUpToTheLimitOnLoopbackToo() {
        for (int i = 0; i < 3; i++) {
            assertThat(admit("127.0.0.1")).isInstanceOf(Admission.Admitted.class);
        }
        assertThat(admit("127.0.0.1")).isInstanceOfSatisfying(Admission.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.reason()).isEqualTo("connections_per_ip");
            assertThat(refused.message()).contains("at most 3");
        });
        assertThat(admit("127.0.0.2")).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void countsAReleaseOnce() {
        Runnable release = release(admit("192.0.2.1"));
        admit("192.0.2.1");
        admit("192.0.2.1");

        release.run();
        release.run();

        assertThat(admit("192.0.2.1")).isInstanceOf(Admission.Admitted.class);
        assertThat(admit("192.0.2.1")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void keepsNothingOfAnAddressWithoutSessions() {
        List<Runnable> releases = new ArrayList<>();
        for (int i = 1; i < 100; i++) {
            releases.add(release(admit("192.0.2." + i)));
        }
        assertThat(limits.addresses()).isEqualTo(99);

        releases.forEach(Runnable::run);
        releases.forEach(Runnable::run);

        assertThat(limits.addresses()).isZero();
    }

    @Test
    void neverAdmitsMoreWhenManyComeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Admission>> attempts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            attempts.add(threads.submit(() -> {
                go.await();
                return admit("192.0.2.1");
            }));
        }
        go.countDown();
        int admitted = 0;
        for (Future<Admission> attempt : attempts) {
            if (attempt.get() instanceof Admission.Admitted) {
                admitted++;
            }
        }
        threads.shutdown();

        assertThat(admitted).isEqualTo(3);
    }

    private Admission admit(String address) {
        try {
            return limits.admit(new HandshakeRequest(
                            InetAddress.getByName(address), Map.of(), Map.of(), "/socket.io/", false))
                    .toCompletableFuture()
                    .join();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Runnable release(Admission admission) {
        return ((Admission.Admitted) admission).release();
    }
}
