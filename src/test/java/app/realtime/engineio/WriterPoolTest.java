package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriterPoolTest {

    private static final int SIZE = 2;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final WriterPool pool = new WriterPool(SIZE, task -> {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    });
    private final CountDownLatch hold = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        hold.countDown();
        pool.close();
    }

    private void waitForEver() {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void runsEveryTaskOfManyThatCallAtOnce() throws InterruptedException {
        int callers = 4;
        int tasks = 20_000;
        Thread[] all = new Thread[callers];
        for (int i = 0; i < callers; i++) {
            all[i] = new Thread(() -> {
                for (int j = 0; j < tasks; j++) {
                    pool.execute(done::incrementAndGet);
                }
            });
            all[i].start();
        }
        for (Thread caller : all) {
            caller.join();
        }
        await().until(() -> done.get() == callers * tasks);
        assertThat(threads).hasSize(SIZE);
    }

    /** Each time the pool has gone to sleep, or is about to. */
    @Test
    void missesNoTaskThatComesWhileItLiesDown() {
        for (int i = 1; i <= 20_000; i++) {
            int expected = i;
            pool.execute(done::incrementAndGet);
            while (done.get() < expected) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void growsByTwoForEachThreadThatIsHeldUp() {
        for (int i = 0; i < 3 * SIZE; i++) {
            pool.execute(this::waitForEver);
        }
        pool.execute(done::incrementAndGet);
        await().until(() -> {
            pool.replaceStalled();
            return done.get() == 1;
        });
        assertThat(threads).hasSizeLessThanOrEqualTo(SIZE + 2 * 3 * SIZE);
    }

    @Test
    void manyWhoStallAtOnceAreSoonOutnumbered() {
        int stalled = 50 * SIZE;
        for (int i = 0; i < stalled; i++) {
            pool.execute(this::waitForEver);
        }
        pool.execute(done::incrementAndGet);
        int steps = 0;
        for (int before = 0; before < threads.size(); steps++) {
            before = threads.size();
            int last = before;
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                pool.replaceStalled();
                return threads.size() > last || done.get() == 1;
            });
        }
        // Three times as many with each step, or a few less where a slow machine shows a step in parts: not by ones.
        assertThat(steps).isLessThan(stalled / 4);
    }

    @Test
    void shrinksWhenTheyAreFreeAgain() {
        for (int i = 0; i < 2 * SIZE; i++) {
            pool.execute(this::waitForEver);
        }
        await().until(() -> {
            pool.replaceStalled();
            return threads.size() > 2 * SIZE;
        });
        hold.countDown();
        await().until(() -> {
            pool.replaceStalled();
            pool.execute(done::incrementAndGet);
            return threads.stream().filter(Thread::isAlive).count() == SIZE;
        });
    }

    @Test
    void aTaskThatFailsCostsNoThread() {
        for (int i = 0; i < 10; i++) {
            pool.execute(() -> {
                throw new IllegalStateException("thrown by the test");
            });
        }
        pool.execute(done::incrementAndGet);
        await().until(() -> done.get() == 1);
        assertThat(threads).hasSize(SIZE).allMatch(Thread::isAlive);
    }

    @Test
    void anInterruptThatATaskLeavesBehindDoesNotOutliveIt() {
        pool.execute(() -> Thread.currentThread().interrupt());
        await().until(() -> {
            pool.execute(done::incrementAndGet);
            return done.get() > 0;
        });
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        assertThat(threads).noneMatch(Thread::isInterrupted);
    }

    @Test
    void finishesWhatIsQueuedAndThenRunsTasksOnTheirCallersThread() {
        for (int i = 0; i < 1_000; i++) {
            pool.execute(done::incrementAndGet);
        }
        pool.close();
        assertThat(done).hasValue(1_000);
        assertThat(threads).noneMatch(Thread::isAlive);
        pool.execute(() -> assertThat(Thread.currentThread()).isNotIn(threads));
    }
}
