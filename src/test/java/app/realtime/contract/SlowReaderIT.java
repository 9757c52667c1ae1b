package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that do not read, or read slowly: nobody waits for them, what is kept for them has bounds, and they are sent
 * away. The system property {@code slow.seconds} makes it as long with the default limits, {@code slow.readers} and
 * {@code slow.stalled} say how many there are.
 */
class SlowReaderIT {

    private static final Logger LOG = Logger.getLogger(SlowReaderIT.class.getName());

    private static final boolean LONG = Integer.getInteger("slow.seconds") != null;
    private static final int SECONDS = Integer.getInteger("slow.seconds", 6);
    private static final int READERS = Integer.getInteger("slow.readers", 200);
    private static final int STALLED = Integer.getInteger("slow.stalled", 50);

    private static final int MAX_BYTES = LONG ? 2_000_000 : 1_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(LONG ? 20 : 2);
    /** For a sweep, and for a machine that is busy. */
    private static final Duration TOLERANCE = Duration.ofSeconds(8);

    private static final int PER_SECOND = 50;
    private static final String EVENT = "x".repeat(4_000);
    private static final int SMALL_RECEIVE_BUFFER = 4 * 1024;
    private static final double MEGABYTE = 1e6;

    private static LibertyServer server;
    private static ServerFigures figures;

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final HttpApi http = new HttpApi(server.uri("/"));
    private Crowd crowd;

    @BeforeAll
    static void start() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KAFKA_BROKERS", "",
                "JWT_SECRET", TokenMint.DEFAULT_SECRET,
                "MAX_CONNECTIONS_PER_IP", "100000",
                "RATE_LIMIT_MAX_MESSAGES", "100000"));
        if (!LONG) {
            environment.put("OUTBOUND_MAX_MESSAGES", "1000");
            environment.put("OUTBOUND_MAX_BYTES", Integer.toString(MAX_BYTES));
            environment.put("SLOW_CONSUMER_TIMEOUT", Long.toString(TIMEOUT.toMillis()));
        }
        server = LibertyServer.builder().environment(environment).start();
        figures = new ServerFigures(server);
    }

    @AfterAll
    static void stop() {
        server.stop();
        String log = server.logText();
        assertThat(ServerLog.trouble(log)).isEmpty();
        assertThat(ServerLog.leaks(log, Secrets.all())).isZero();
    }

    @BeforeEach
    void gather() {
        crowd = new Crowd(server.port());
    }

    @AfterEach
    void disperse() {
        crowd.close();
        Awaitility.await("nobody is left")
                .atMost(Duration.ofSeconds(30))
                .until(() -> figures.metric("realtime_sessions{") == 0);
    }

    @Test
    void holdUpNobodyAndAreSentAway() {
        int warmUp = PER_SECOND * (LONG ? SECONDS / 2 : 2);
        int events = PER_SECOND * SECONDS;
        Publisher publisher = new Publisher(warmUp + events);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Reader reader = new Reader(warmUp + events);
            readers.add(reader);
            crowd.join(tokens.user("reader-" + i), 0, reader::hear, "survey:slow");
        }
        int slowBefore = figures.slowConsumers();
        // The looking costs something, and so it must be in both figures.
        publisher.publish(warmUp, new Watch(slowBefore)::look);
        awaitAll(readers, warmUp);
        List<CrowdMember> stalled = IntStream.range(0, STALLED)
                .mapToObj(i -> crowd.join(
                        tokens.user("stalled-" + i),
                        SMALL_RECEIVE_BUFFER,
                        (member, packet) -> {},
                        "survey:slow",
                        "survey:stalled"))
                .toList();
        int threadsBefore = figures.threads();
        long heapBefore = figures.liveHeap();

        stalled.forEach(CrowdMember::stopReading);
        if (!LONG) {
            fill("survey:stalled", stalled.size());
        }
        Watch watch = new Watch(slowBefore);
        publisher.publish(events, watch::look);
        awaitAll(readers, warmUp + events);
        Awaitility.await("those that read nothing are sent away")
                .atMost(TIMEOUT.plus(TOLERANCE))
                .until(() -> figures.slowConsumers() - slowBefore >= STALLED);
        watch.look();
        long heapAfter = figures.liveHeap();
        report(publisher, readers, warmUp, watch, threadsBefore, heapBefore, heapAfter);

        readers.forEach(reader -> reader.verify(warmUp + events));
        assertThat(figures.slowConsumers() - slowBefore).isEqualTo(STALLED);
        assertThat(watch.threads).as("threads").isLessThan(threadsBefore + STALLED / 2 + 10);
        assertThat(watch.liveHeap - heapBefore)
                .as("bytes of heap for those that read nothing")
                .isLessThan(STALLED * (MAX_BYTES + 100_000L) + 30_000_000L);
        stalled.forEach(CrowdMember::readOn);
        Awaitility.await("their connections have ended")
                .atMost(Duration.ofSeconds(20))
                .until(() -> stalled.stream().allMatch(CrowdMember::hasEnded));
        assertThat(stalled)
                .allSatisfy(member -> assertThat(slowLines(member.socketId()))
                        .singleElement()
                        .asString()
                        .contains("waited"));
    }

    /** As they do not read, this ends in the queues when the system's buffers are full. */
    private void fill(String room, int members) {
        String body = "{\"room\":\"" + room + "\",\"event\":\"fill\",\"data\":\"" + "x".repeat(60_000) + "\"}";
        for (int i = 0; i < 200; i++) {
            post("room", body);
            if (i > 15 && stays(() -> figures.queued() >= members)) {
                return;
            }
        }
        throw new AssertionError("Nothing waits after 12 MB");
    }

    /** Whether something holds not only because the server has not come round to it yet. */
    private static boolean stays(BooleanSupplier condition) {
        boolean holds = condition.getAsBoolean();
        if (holds) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return holds && condition.getAsBoolean();
    }

    @Test
    void keepNoMoreThanTheirLimitsWhenTheyDoNotPoll() {
        int slowBefore = figures.slowConsumers();
        long heapBefore = figures.liveHeap();
        String data = "y".repeat(MAX_BYTES / 10);
        List<RawPolling> members = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            members.add(
                    RawPolling.open(http, "/socket.io/").connect("{\"token\":\"" + tokens.user("idle-" + i) + "\"}"));
        }
        // Each of them its own, so that nothing can be shared between the queues.
        for (int i = 0; i < members.size(); i++) {
            for (int n = 0; n < 9; n++) {
                post("user", "{\"userId\":\"idle-" + i + "\",\"event\":\"own\",\"data\":\"" + data + "\"}");
            }
        }
        long heap = figures.liveHeap() - heapBefore;
        LOG.info(() ->
                "Slow readers: %d that do not poll hold %.1f MB of heap".formatted(members.size(), heap / MEGABYTE));
        assertThat(heap).isLessThan(members.size() * (MAX_BYTES + 100_000L) + 10_000_000L);
        Awaitility.await("those that do not poll are sent away")
                .atMost(TIMEOUT.plus(TOLERANCE))
                .until(() -> figures.slowConsumers() - slowBefore == members.size());
        assertThat(members)
                .allSatisfy(member -> assertThat(member.poll().status()).isEqualTo(400));
        assertThat(figures.queued()).isZero();
    }

    @Test
    void areSentAwayAtOnceWhenTooMuchWaits() {
        int slowBefore = figures.slowConsumers();
        RawPolling member = RawPolling.open(http, "/socket.io/").connect("{\"token\":\"" + tokens.user("full") + "\"}");
        String body = "{\"userId\":\"full\",\"event\":\"own\",\"data\":\"" + "y".repeat(MAX_BYTES / 4) + "\"}";
        for (int i = 0; i < 3; i++) {
            assertThat(post("user", body)).isEqualTo(1);
        }
        assertThat(post("user", body)).isZero();
        assertThat(figures.slowConsumers() - slowBefore).isEqualTo(1);
        assertThat(member.poll().status()).isEqualTo(400);
        assertThat(slowLines("OUTBOUND_MAX_BYTES")).hasSize(1);
    }

    @Test
    void hearEverythingInItsOrderWhenTheyReadOn() {
        List<Integer> heard = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        CrowdMember member = crowd.join(
                tokens.user("slow"),
                SMALL_RECEIVE_BUFFER,
                (self, packet) -> {
                    if (packet.startsWith("42[\"mixed\"")) {
                        heard.add(Reader.number(packet));
                    } else {
                        answers.add(packet.startsWith("43") ? packet.substring(0, packet.indexOf('[')) : "pong");
                    }
                },
                "survey:one",
                "project:two");
        List<String> targets = List.of(
                "room\",\"room\":\"survey:one", "room\",\"room\":\"project:two", "user\",\"userId\":\"slow", "global");
        int sent = 0;
        int asked = 0;
        for (int round = 0; round < 3; round++) {
            member.stopReading();
            int end = sent + 4_000;
            for (boolean waits = false; !waits; waits = sent % 50 == 0 && stays(() -> figures.longestQueue() > 40)) {
                assertThat(sent).as("sent without anything that waits").isLessThan(end);
                mixed(targets.get(sent % targets.size()), sent++);
                if (sent % 10 == 0) {
                    member.send("42" + (1_000 + asked++) + "[\"ping\"]");
                }
            }
            member.readOn();
            for (int more = 0; more < 100; more++) {
                mixed(targets.get(sent % targets.size()), sent++);
                member.send("42" + (1_000 + asked++) + "[\"ping\"]");
            }
        }
        int all = sent;
        int pings = asked;
        Awaitility.await("everything that was sent")
                .atMost(Duration.ofSeconds(20))
                .until(() -> heard.size() >= all && answers.size() >= 2 * pings);
        assertThat(heard).isEqualTo(IntStream.range(0, all).boxed().toList());
        assertThat(answers)
                .isEqualTo(IntStream.range(0, pings)
                        .boxed()
                        .flatMap(n -> List.of("pong", "43" + (1_000 + n)).stream())
                        .toList());
        assertThat(member.hasEnded()).isFalse();
    }

    /** @param target the path, and what names the target in the body, as it stands between two quotation marks */
    private void mixed(String target, int number) {
        int end = target.indexOf('"');
        String path = end < 0 ? target : target.substring(0, end);
        String naming = end < 0 ? "" : target.substring(end + 2) + "\",";
        assertThat(post(
                        path,
                        "{" + naming + "\"event\":\"mixed\",\"data\":{\"n\":" + number + ",\"x\":\"" + EVENT + "\"}}"))
                .isEqualTo(1);
    }

    /** @return how many it went to */
    private int post(String path, String body) {
        Answer answer = http.post("/api/broadcast/" + path, body);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer.json().path("recipients").asInt();
    }

    private static List<String> slowLines(String text) {
        return server.logText()
                .lines()
                .filter(line -> line.contains("slow consumer") && line.contains(text))
                .toList();
    }

    private static void awaitAll(List<Reader> readers, int count) {
        Awaitility.await("everything has come")
                .atMost(Duration.ofSeconds(30))
                .until(() -> readers.stream().allMatch(reader -> reader.count >= count));
    }

    private static void report(
            Publisher publisher,
            List<Reader> readers,
            int warmUp,
            Watch watch,
            int threadsBefore,
            long heapBefore,
            long heapAfter) {
        LOG.info(
                () -> ("Slow readers: %d of %d; p50/p99 without them %.1f/%.1f ms, with them %.1f/%.1f ms; the last was"
                                + " gone after %.1f s; threads %d, then %d; heap %.1f MB, then %.1f MB, then %.1f MB; resident at"
                                + " most %.0f MB")
                        .formatted(
                                STALLED,
                                STALLED + READERS,
                                percentile(publisher, readers, 0, warmUp, 0.5),
                                percentile(publisher, readers, 0, warmUp, 0.99),
                                percentile(publisher, readers, warmUp, publisher.sent, 0.5),
                                percentile(publisher, readers, warmUp, publisher.sent, 0.99),
                                watch.goneAfter / 1e9,
                                threadsBefore,
                                watch.threads,
                                heapBefore / MEGABYTE,
                                watch.liveHeap / MEGABYTE,
                                heapAfter / MEGABYTE,
                                watch.resident / MEGABYTE));
    }

    private static double percentile(Publisher publisher, List<Reader> readers, int from, int to, double part) {
        long[] nanos = readers.stream()
                .flatMapToLong(
                        reader -> IntStream.range(from, to).mapToLong(n -> reader.receivedAt[n] - publisher.sentAt[n]))
                .sorted()
                .toArray();
        return nanos[(int) Math.min(nanos.length - 1, nanos.length * part)] / 1e6;
    }

    /** Sends numbered events at an even pace. Owned by the test's thread. */
    private final class Publisher {

        private final long[] sentAt;
        private int sent;

        Publisher(int events) {
            this.sentAt = new long[events];
        }

        /** @param everySecond is run about once a second, between two events */
        void publish(int events, Runnable everySecond) {
            long begin = System.nanoTime();
            for (int i = 0; i < events; i++) {
                long due = begin + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                sentAt[sent] = System.nanoTime();
                post(
                        "room",
                        "{\"room\":\"survey:slow\",\"event\":\"e\",\"data\":{\"n\":" + sent++ + ",\"x\":\"" + EVENT
                                + "\"}}");
                if (i % PER_SECOND == PER_SECOND - 1) {
                    everySecond.run();
                }
            }
        }
    }

    /** What the server shows while some do not read. Owned by the test's thread. */
    private static final class Watch {

        private final long begin = System.nanoTime();
        private final int slowBefore;
        private int threads;
        private long liveHeap;
        private long resident;
        private long goneAfter;

        Watch(int slowBefore) {
            this.slowBefore = slowBefore;
        }

        void look() {
            int gone = figures.slowConsumers() - slowBefore;
            if (gone < STALLED) {
                threads = Math.max(threads, figures.threads());
                // A full collection would show in the figures of a long run.
                liveHeap = LONG ? liveHeap : Math.max(liveHeap, figures.liveHeap());
            } else if (goneAfter == 0) {
                goneAfter = System.nanoTime() - begin;
            }
            resident = Math.max(resident, figures.resident());
        }
    }

    /** What one member hears. Written by the crowd's thread. */
    private static final class Reader {

        private final long[] receivedAt;
        private final int[] order;
        private volatile int count;

        Reader(int events) {
            this.receivedAt = new long[events];
            this.order = new int[events];
        }

        static int number(String packet) {
            int begin = packet.indexOf("\"n\":") + 4;
            return Integer.parseInt(packet.substring(begin, packet.indexOf(',', begin)));
        }

        void hear(CrowdMember member, String packet) {
            if (!packet.startsWith("42[\"e\"")) {
                return;
            }
            int n = number(packet);
            receivedAt[n] = System.nanoTime();
            if (count < order.length) {
                order[count] = n;
            }
            count++;
        }

        void verify(int events) {
            assertThat(count).isEqualTo(events);
            assertThat(Arrays.stream(order).limit(events))
                    .containsExactlyElementsOf(
                            IntStream.range(0, events).boxed().toList());
        }
    }
}
