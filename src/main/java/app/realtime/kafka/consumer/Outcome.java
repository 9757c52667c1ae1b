package app.realtime.kafka.consumer;

import java.util.Locale;

/** What became of a record. All but {@link #DELIVERED} are reasons to put it aside. */
public enum Outcome {
    /** It was a valid event and was handed to its rooms, also when nobody was in them. */
    DELIVERED,

    /** Its value could not be read: it has none, is too large, or is not JSON. */
    MALFORMED,

    /** It could be read and is no event of its topic. */
    INVALID,

    /** The service failed to process it, for no known fault of the record. */
    FAILED,

    /** It took longer than a record may. */
    TIMED_OUT;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in metrics, answers and headers, in lower case. */
    public String label() {
        return label;
    }
}
