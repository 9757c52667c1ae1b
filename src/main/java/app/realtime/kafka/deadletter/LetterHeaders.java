package app.realtime.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers that a dead letter has beside those of its record. A record that fails again keeps where it first came
 * from. Stateless.
 */
final class LetterHeaders {

    static final String REASON = "dlt.reason";
    static final String DETAIL = "dlt.detail";
    static final String TOPIC = "dlt.original-topic";
    static final String PARTITION = "dlt.original-partition";
    static final String OFFSET = "dlt.original-offset";
    static final String TIMESTAMP = "dlt.original-timestamp";
    static final String VERSION = "dlt.service-version";
    static final String ATTEMPTS = "dlt.attempts";
    /** How many bytes the value had that was too large to be kept. */
    static final String OMITTED = "dlt.omitted-bytes";

    private static final String PREFIX = "dlt.";
    private static final int MAX_DETAIL = 1000;

    private LetterHeaders() {}

    /** The record's own, and those that tell its story. */
    static Headers of(ConsumerRecord<byte[], byte[]> record, String reason, String detail, String version) {
        Headers headers = own(record);
        int attempts = number(record, ATTEMPTS).map(Long::intValue).orElse(0) + 1;
        add(headers, REASON, reason);
        add(headers, DETAIL, detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail);
        add(headers, TOPIC, record.topic());
        add(headers, PARTITION, Integer.toString(record.partition()));
        add(headers, OFFSET, Long.toString(record.offset()));
        add(headers, TIMESTAMP, Long.toString(record.timestamp()));
        add(headers, VERSION, version);
        add(headers, ATTEMPTS, Integer.toString(attempts));
        text(record, OMITTED).ifPresent(bytes -> add(headers, OMITTED, bytes));
        return headers;
    }

    /** The headers that the record had before it became a dead letter, and what is to be known if it becomes one again. */
    static Headers original(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = own(letter);
        text(letter, ATTEMPTS).ifPresent(attempts -> add(headers, ATTEMPTS, attempts));
        text(letter, OMITTED).ifPresent(bytes -> add(headers, OMITTED, bytes));
        return headers;
    }

    static Optional<String> text(ConsumerRecord<byte[], byte[]> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    static Optional<Long> number(ConsumerRecord<byte[], byte[]> letter, String name) {
        return text(letter, name).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::valueOf);
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** Those that tell a letter's story, without the record's own. */
    static Headers story(Headers all) {
        Headers headers = new RecordHeaders();
        for (Header header : all) {
            if (header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        return headers;
    }

    private static Headers own(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        return headers;
    }
}
