package app.realtime.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as every event and answer writes them: ISO-8601, UTC, exactly milliseconds. */
public final class Timestamps {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** Such as {@code 2024-01-01T00:00:00.000Z}; what is finer than a millisecond is cut off. */
    public static String format(Instant moment) {
        return FORMAT.format(moment);
    }
}
