package app.realtime.kafka.route;

import app.realtime.events.InvalidEventException;
import app.realtime.events.PushEvent;
import java.util.regex.Pattern;

/**
 * The way from a topic to rooms. Immutable.
 *
 * @param topic the topic's name
 * @param reader makes the event of a record; thread-safe
 */
public record Route(String topic, Reader reader) {

    /** What is wrong with a text that is no topic's name, to be read after it. */
    public static final String NO_TOPIC =
            "is not a topic name; expected 1 to 249 of A-Z a-z 0-9 . _ - (not . or .. alone)";

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** Whether Kafka itself accepts that as the name of a topic. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches();
    }

    /** Makes an event of a record's content. */
    @FunctionalInterface
    public interface Reader {
        /** @throws InvalidEventException if the content is no such event; says why, and quotes nothing */
        PushEvent read(RecordContent content) throws InvalidEventException;
    }
}
