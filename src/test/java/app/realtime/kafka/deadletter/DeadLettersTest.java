package app.realtime.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.kafka.consumer.CapturedLog;
import app.realtime.kafka.consumer.Handling.Rejected;
import app.realtime.kafka.consumer.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With Kafka's own mock of a producer, because no broker fails when a test wants it to. */
class DeadLettersTest {

    private static final Rejected WHY = new Rejected(Outcome.INVALID, "x is required");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicInteger creations = new AtomicInteger();
    private final DeadLetters letters =
            new DeadLetters(".dlt", "1.2.3", () -> producer, topic -> creations.incrementAndGet(), Thread::new);
    private final CapturedLog log = new CapturedLog(DeadLetterTopic.class);

    @AfterEach
    void close() {
        letters.close();
        log.close();
    }

    @Test
    void keepsTheRecordAndTellsItsStory() {
        ConsumerRecord<byte[], byte[]> record = record(42, "v");
        record.headers().add("own", "o".getBytes(UTF_8));
        CompletableFuture<Void> kept = letters.put(record, WHY);
        ProducerRecord<byte[], byte[]> letter = sent(1);

        assertThat(kept).isNotDone();
        assertThat(letters.waiting()).isEqualTo(1);
        assertThat(letter.topic()).isEqualTo("t.dlt");
        assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo("v".getBytes(UTF_8));
        assertThat(headers(letter))
                .containsEntry("own", "o")
                .containsEntry("dlt.reason", "invalid")
                .containsEntry("dlt.detail", "x is required")
                .containsEntry("dlt.original-topic", "t")
                .containsEntry("dlt.original-partition", "3")
                .containsEntry("dlt.original-offset", "42")
                .containsEntry("dlt.service-version", "1.2.3")
                .containsEntry("dlt.attempts", "1");
        producer.completeNext();
        await().until(kept::isDone);
        assertThat(letters.waiting()).isZero();
        assertThat(creations).hasValue(1);
    }

    @Test
    void countsTheAttemptsOfARecordThatFailsAgain() {
        ConsumerRecord<byte[], byte[]> record = record(1, "v");
        record.headers().add("dlt.attempts", "2".getBytes(UTF_8));
        record.headers().add("dlt.reason", "failed".getBytes(UTF_8));
        letters.put(record, WHY);

        assertThat(headers(sent(1))).containsEntry("dlt.attempts", "3").containsEntry("dlt.reason", "invalid");
        assertThat(sent(1).headers().headers("dlt.reason")).hasSize(1);
    }

    @Test
    void triesAgainUntilTheBrokersHaveIt() {
        CompletableFuture<Void> kept = letters.put(record(1, "v"), WHY);
        sent(1);
        producer.errorNext(new TimeoutException("no broker today"));

        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 2);
        assertThat(kept).isNotDone();
        producer.completeNext();
        await().until(kept::isDone);
        assertThat(log.messages()).singleElement().asString().contains("t.dlt", "no broker today");
        assertThat(creations).as("it may have been deleted").hasValue(2);
    }

    @Test
    void keepsWhatIsTooLargeWithoutItsValue() {
        CompletableFuture<Void> kept = letters.put(record(1, "too large"), WHY);
        sent(1);
        producer.errorNext(new RecordTooLargeException("too large"));
        ProducerRecord<byte[], byte[]> smaller = sent(2);

        assertThat(smaller.value()).isNull();
        assertThat(headers(smaller)).containsEntry("dlt.omitted-bytes", "9").containsEntry("dlt.original-offset", "1");
        producer.completeNext();
        await().until(kept::isDone);
    }

    @Test
    void keepsAtLeastTheStoryOfARecordWhoseKeyAndHeadersAreTooLarge() {
        ConsumerRecord<byte[], byte[]> record = record(1, "v");
        record.headers().add("own", "o".getBytes(UTF_8));
        letters.put(record, WHY);
        sent(1);
        producer.errorNext(new RecordTooLargeException("value"));
        sent(2);
        producer.errorNext(new RecordTooLargeException("key"));
        ProducerRecord<byte[], byte[]> bare = sent(3);

        assertThat(bare.key()).isNull();
        assertThat(headers(bare)).doesNotContainKey("own").containsEntry("dlt.original-offset", "1");
    }

    @Test
    void triesATopicThatDoesNotAnswerWithOneLetterAtATime() {
        producer.sendException = new TimeoutException("not present in metadata");
        for (int i = 0; i < 50; i++) {
            letters.put(record(i, "v"), WHY);
        }
        await().until(() -> letters.waiting() == 50 && log.messages().size() == 1);
        producer.sendException = null;

        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 50);
        assertThat(producer.history().stream().map(letter -> headers(letter).get("dlt.original-offset")))
                .as("in their order")
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(Integer::toString).toList());
    }

    @Test
    void forgetsALetterThatIsNotWantedAnyMore() {
        producer.sendException = new TimeoutException("not now");
        CompletableFuture<Void> kept = letters.put(record(1, "v"), WHY);
        await().until(() -> log.messages().size() == 1);
        kept.cancel(false);
        producer.sendException = null;
        letters.put(record(2, "v"), WHY);

        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 1);
        assertThat(headers(sent(1))).containsEntry("dlt.original-offset", "2");
        assertThat(letters.waiting()).isEqualTo(1);
    }

    @Test
    void doesNotHoldUpOtherTopicsForOneThatCannotBeWritten() {
        letters.put(record(1, "v"), WHY);
        sent(1);
        producer.errorNext(new TimeoutException("not that topic"));
        CompletableFuture<Void> other =
                letters.put(new ConsumerRecord<>("other", 0, 7, null, "w".getBytes(UTF_8)), WHY);

        await().until(() ->
                producer.history().stream().anyMatch(letter -> letter.topic().equals("other.dlt")));
        producer.completeNext();
        await().until(other::isDone);
    }

    @Test
    void waitsForThoseOnTheirWayAndNoLonger() throws InterruptedException {
        letters.put(record(1, "v"), WHY);
        sent(1);
        letters.awaitAll(Duration.ofMillis(20));
        assertThat(letters.waiting()).isEqualTo(1);

        producer.completeNext();
        letters.awaitAll(Duration.ofSeconds(20));
        assertThat(letters.waiting()).isZero();
    }

    private ProducerRecord<byte[], byte[]> sent(int count) {
        await().until(() -> producer.history().size() >= count);
        return producer.history().get(count - 1);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>("t", 3, offset, "k".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : letter.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
