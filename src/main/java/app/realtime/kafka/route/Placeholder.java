package app.realtime.kafka.route;

import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A part of a record that a room's name is made of: {@code key}, {@code header:{name}} or a JSON pointer (RFC 6901) into
 * the value. Immutable.
 */
sealed interface Placeholder {

    /** What stands there; empty if nothing does, or something that is neither text nor a whole number. */
    Optional<String> in(RecordContent content);

    /** Reads what stands between the braces; empty if it is none. */
    static Optional<Placeholder> parse(String text) {
        if (text.equals("key")) {
            return Optional.of(new Key());
        }
        if (text.startsWith("header:") && text.length() > "header:".length()) {
            return Optional.of(new Header(text.substring("header:".length())));
        }
        return text.startsWith("/") ? Optional.of(new Pointer(JsonPointer.compile(text))) : Optional.empty();
    }

    /** The record's key. */
    record Key() implements Placeholder {
        @Override
        public Optional<String> in(RecordContent content) {
            return content.key();
        }
    }

    /** A header's value. */
    record Header(String name) implements Placeholder {
        @Override
        public Optional<String> in(RecordContent content) {
            return content.header(name);
        }
    }

    /** A place in the value. */
    record Pointer(JsonPointer pointer) implements Placeholder {
        @Override
        public Optional<String> in(RecordContent content) {
            JsonNode node = content.value().at(pointer);
            return node.isString() || node.isIntegralNumber() ? Optional.of(node.asString()) : Optional.empty();
        }
    }
}
