package app.realtime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.ServerLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sends the running service what no client would, and looks at what it has done to it. Run by {@code mvn verify -Pfuzz};
 * {@code -Dfuzz.seed} repeats a run as far as threads allow, {@code -Dfuzz.inputs} makes it longer or shorter.
 */
@Tag("fuzz")
class FuzzIT {

    private static final int WORKERS = 6;
    /** A heap that has grown by more than this, after a collection, holds something that it should not. */
    private static final long MOST_GROWTH_KILOBYTES = 24 * 1024;
    /** The heap's bound, and as much again for all else. */
    private static final long MOST_RESIDENT_KILOBYTES = 700 * 1024;

    private static final List<String> GAUGES =
            List.of("realtime_sessions", "realtime_connections", "realtime_rooms", "realtime_queued_packets");
    /** A send gives up after 20 s, and 5 s later if the container does not. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(40);

    /** What a session consists of; nothing of it may be reachable when it is gone. */
    private static final List<String> PER_SESSION = List.of(
            "app.realtime.engineio.Session",
            "app.realtime.engineio.websocket.WebSocketTransport",
            "app.realtime.engineio.servlet.PollingTransport",
            "app.realtime.socketio.Client",
            "app.realtime.socketio.Socket");

    /** Its pooled requests remember the last listener that they had. */
    private static final long KEPT_BY_THE_CONTAINER = 5;

    private static final Duration SETTLING = Duration.ofSeconds(60);

    private final long seed =
            Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong());
    private final int inputs = Integer.getInteger("fuzz.inputs", 60_000);

    @Test
    void survivesWhateverIsSent() throws Exception {
        System.out.println("fuzz.seed=" + seed + " fuzz.inputs=" + inputs);
        try (Target target = new Target()) {
            useInEveryWay(target);
            // Classes are loaded and pools filled before anything is measured.
            Findings warmUp = fuzz(target, seed + 1, 3_000);
            awaitNobody(target);
            long liveBefore = target.liveKilobytes();

            long begin = System.nanoTime();
            Findings findings = fuzz(target, seed, inputs - 3_000);
            System.out.printf(
                    "%d inputs in %d s%n",
                    findings.inputs(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));

            SoftAssertions all = new SoftAssertions();
            all.assertThat(findings.inputs() + warmUp.inputs()).as("inputs").isGreaterThanOrEqualTo(inputs);
            all.assertThat(warmUp.all()).as("answers to the first inputs").isEmpty();
            all.assertThat(findings.all()).as("answers").isEmpty();
            all.assertThatCode(() -> awaitNobody(target))
                    .as("sessions that are left")
                    .doesNotThrowAnyException();
            all.assertThat(stuck(target)).as("threads that are stuck").isEmpty();
            all.assertThatCode(() -> useInEveryWay(target))
                    .as("service afterwards")
                    .doesNotThrowAnyException();
            checkLog(all, target);
            // A peer that has been told of the end is given some seconds to end the connection.
            all.assertThatCode(() -> Awaitility.await()
                            .atMost(SETTLING)
                            .untilAsserted(() -> assertThat(
                                            target.instances(PER_SESSION).values())
                                    .allMatch(count -> count <= KEPT_BY_THE_CONTAINER)))
                    .as("objects of sessions that are gone")
                    .doesNotThrowAnyException();
            long live = target.liveKilobytes();
            long resident = target.residentKilobytes();
            System.out.printf("Heap %d KB before, %d KB after; resident %d KB%n", liveBefore, live, resident);
            all.assertThat(live - liveBefore).as("growth of the heap, KB").isLessThan(MOST_GROWTH_KILOBYTES);
            all.assertThat(resident).as("resident memory, KB").isLessThan(MOST_RESIDENT_KILOBYTES);
            all.assertAll();
        }
    }

    /** While others misbehave, one client is served all the time. */
    private Findings fuzz(Target target, long runSeed, int count) throws Exception {
        Findings findings = new Findings();
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try (Neighbour neighbour = Neighbour.connect(target.server().uri("/"), "websocket")) {
            List<Future<Void>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(new Fuzzer(
                        target.server().port(), runSeed * 31 + i, (count + WORKERS - 1) / WORKERS, findings)));
            }
            for (Future<Void> worker : workers) {
                while (!isDone(worker)) {
                    neighbour.use("survey:neighbour");
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return findings;
    }

    private static boolean isDone(Future<Void> worker) throws InterruptedException, ExecutionException {
        try {
            worker.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static void useInEveryWay(Target target) {
        for (String[] transports : new String[][] {{"polling"}, {"websocket"}, {"polling", "websocket"}}) {
            try (Neighbour neighbour = Neighbour.connect(target.server().uri("/"), transports)) {
                for (int i = 0; i < 20; i++) {
                    neighbour.use("survey:use" + i);
                }
            }
        }
    }

    private static void awaitNobody(Target target) {
        for (String gauge : GAUGES) {
            Awaitility.await(gauge + " is 0")
                    .atMost(SETTLING)
                    .untilAsserted(() -> assertThat(target.gauge(gauge)).isZero());
        }
    }

    /** Threads that stay where they are in the service's code for longer than a send to a client may take. */
    private static List<String> stuck(Target target) {
        Map<String, String> left = target.ownStacks();
        long deadline = System.nanoTime() + LONGEST_SEND.toNanos();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            left.entrySet().retainAll(target.ownStacks().entrySet());
        }
        return left.entrySet().stream().map(Map.Entry::toString).toList();
    }

    private static void checkLog(SoftAssertions all, Target target) {
        String log = target.server().logText();
        all.assertThat(ServerLog.trouble(log)).as("errors in the log").isEmpty();
        all.assertThat(log.lines()
                        .filter(line -> line.matches("\\s+at [\\w.$/]+\\(.*"))
                        .limit(5))
                .as("stack traces in the log")
                .isEmpty();
        all.assertThat(Fuzzer.SESSION_IDS.stream().filter(log::contains).count())
                .as("session ids in the log")
                .isZero();
        List<String> failures = target.failureFiles();
        all.assertThat(failures.stream()
                        .filter(FuzzIT::isOurs)
                        .map(text -> text.substring(0, Math.min(1_500, text.length()))))
                .as("failures in the service's code")
                .isEmpty();
        all.assertThat(failures.stream()
                        .filter(text -> Fuzzer.SESSION_IDS.stream().anyMatch(text::contains))
                        .count())
                .as("files about failures that tell a session id")
                .isZero();
    }

    /** Whether it was our code that threw, and not the container that we called. */
    private static boolean isOurs(String failure) {
        return failure.lines()
                .filter(line -> line.matches("\tat (app\\.realtime|com\\.ibm|io\\.openliberty)\\..*"))
                .findFirst()
                .filter(line -> line.startsWith("\tat app.realtime."))
                .isPresent();
    }
}
