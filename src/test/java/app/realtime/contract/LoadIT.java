package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Two hundred connections and a hundred records a second: every record to every member of its rooms, exactly once and
 * in the order of its partition. 15 s long, or as long as the system property {@code load.seconds} says.
 */
@OnSharedService
class LoadIT {

    private static final Logger LOG = Logger.getLogger(LoadIT.class.getName());

    private static final int CLIENTS = 200;
    private static final int RECORDS_PER_SECOND = 100;
    private static final int SURVEYS = 10;
    private static final int PROJECTS = 7;

    private final Service service;

    LoadIT(Service service) {
        this.service = service;
    }

    @Test
    void deliversEveryRecordToEveryMemberOnceAndInOrder() throws Exception {
        int records = RECORDS_PER_SECOND * Integer.getInteger("load.seconds", 15);
        List<Member> members = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                members.add(new Member(i, records));
            }
            members.forEach(Member::awaitRooms);
            long[] sentAt = produce(records);
            long expected = members.stream().mapToLong(Member::expected).sum();
            Awaitility.await("every delivery")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> members.stream().mapToLong(Member::received).sum() >= expected);
            members.forEach(Member::verify);
            report(records, sentAt, members);
        } finally {
            members.forEach(Member::close);
        }
    }

    /** At an even pace. @return when each record was handed to the producer, in nanoseconds */
    private long[] produce(int records) throws ExecutionException, InterruptedException {
        long[] sentAt = new long[records];
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        long begin = System.nanoTime();
        for (int n = 0; n < records; n++) {
            long due = begin + TimeUnit.SECONDS.toNanos(n) / RECORDS_PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            sentAt[n] = System.nanoTime();
            byte[] value =
                    """
                    {"surveyId":"load-%d","responseId":"%d","response":{"answers":"%s"},
                     "metadata":{"projectId":"load-%d"}}""".formatted(n % SURVEYS, n, "x".repeat(100), n % PROJECTS).getBytes(StandardCharsets.UTF_8);
            sent.add(service.records().begin(Service.RESPONSES, partition(n), value));
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        return sentAt;
    }

    private static int partition(int record) {
        return (record / 2) % Service.PARTITIONS;
    }

    private static void report(int records, long[] sentAt, List<Member> members) {
        long[] micros = members.stream()
                .flatMapToLong(member -> member.latencies(sentAt))
                .sorted()
                .toArray();
        LOG.info(() -> "Load: %d records, %d deliveries to %d connections; p50 %.1f ms, p99 %.1f ms, slowest %.1f ms"
                .formatted(
                        records,
                        micros.length,
                        members.size(),
                        percentile(micros, 0.5),
                        percentile(micros, 0.99),
                        percentile(micros, 1)));
    }

    private static double percentile(long[] sortedMicros, double part) {
        return sortedMicros[(int) Math.min(sortedMicros.length - 1, sortedMicros.length * part)] / 1000.0;
    }

    /** One connection, in the room of one survey and of one project. Its lists are guarded by its lock. */
    private final class Member implements AutoCloseable {

        private static final String BEGINNING = "42[\"response.new\",";
        private static final String ID = "\"responseId\":\"";

        private final int survey;
        private final int project;
        private final long[] receivedAt;
        private final int[] order;
        private final RawWebSocket socket;
        private int count;

        Member(int number, int records) {
            this.survey = number % SURVEYS;
            this.project = number % PROJECTS;
            this.receivedAt = new long[records];
            this.order = new int[records];
            this.socket = RawWebSocket.open(service.server().port(), "/socket.io/", true, this::take);
            String token = service.tokens().user("load-" + number);
            socket.connect("{\"token\":\"" + token + "\"}");
            socket.send("421[\"join_room\",{\"room\":\"survey:load-" + survey + "\"}]");
            socket.send("422[\"join_room\",{\"room\":\"project:load-" + project + "\"}]");
        }

        void awaitRooms() {
            assertThat(socket.next("431")).contains("\"ok\":true");
            assertThat(socket.next("432")).contains("\"ok\":true");
        }

        private synchronized boolean take(String packet) {
            if (!packet.startsWith(BEGINNING)) {
                return false;
            }
            int begin = packet.indexOf(ID) + ID.length();
            int record = Integer.parseInt(packet.substring(begin, packet.indexOf('"', begin)));
            assertThat(count).as("more than there is").isLessThan(order.length);
            order[count++] = record;
            receivedAt[record] = System.nanoTime();
            return true;
        }

        private boolean isMine(int record) {
            return record % SURVEYS == survey || record % PROJECTS == project;
        }

        synchronized long received() {
            return count;
        }

        long expected() {
            return IntStream.range(0, order.length).filter(this::isMine).count();
        }

        synchronized void verify() {
            for (int partition = 0; partition < Service.PARTITIONS; partition++) {
                int wanted = partition;
                assertThat(Arrays.stream(order, 0, count).filter(record -> partition(record) == wanted))
                        .as("partition %d at the member of survey %d and project %d", partition, survey, project)
                        .containsExactlyElementsOf(IntStream.range(0, order.length)
                                .filter(record -> isMine(record) && partition(record) == wanted)
                                .boxed()
                                .toList());
            }
        }

        /** In microseconds, from the producer to the client. */
        synchronized LongStream latencies(long[] sentAt) {
            return Arrays.stream(Arrays.copyOf(order, count))
                    .mapToLong(record -> TimeUnit.NANOSECONDS.toMicros(receivedAt[record] - sentAt[record]));
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
