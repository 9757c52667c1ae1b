package app.realtime.kafka.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.databind.JsonNode;

/** A record whose value has been parsed. Immutable, as long as nobody changes the record's bytes. */
public record RecordContent(ConsumerRecord<byte[], byte[]> record, JsonNode value) {

    /** The key as text; invalid UTF-8 is replaced. */
    Optional<String> key() {
        return Optional.ofNullable(record.key()).map(bytes -> new String(bytes, UTF_8));
    }

    /** The last header of that name, as text; invalid UTF-8 is replaced. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(bytes -> new String(bytes, UTF_8));
    }
}
