package app.realtime.kafka;

import java.util.Locale;

/** What became of a record. */
public enum Outcome {
    /** It was a valid event and was handed to its rooms, also when nobody was in them. */
    DELIVERED,

    /** It was no valid event; it was logged and passed over. */
    INVALID,

    /** The service could not process it, for no fault of the record; it was logged and passed over. */
    FAILED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in metrics, in lower case. */
    public String label() {
        return label;
    }
}
