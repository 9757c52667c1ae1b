package app.realtime.chaos;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which numbers came, and how many came again. Thread-safe: guarded by its own lock. */
final class Tally {

    private static final Pattern NUMBER = Pattern.compile("\"n\":\"([0-9]+)\"");

    private final BitSet seen = new BitSet();
    private int again;

    /** Notes the number that a text with {@code "n":"…"} carries. */
    void add(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("There is no number in " + text);
        }
        add(Integer.parseInt(matcher.group(1)));
    }

    synchronized void add(int number) {
        if (seen.get(number)) {
            again++;
        }
        seen.set(number);
    }

    synchronized int distinct() {
        return seen.cardinality();
    }

    synchronized int duplicates() {
        return again;
    }

    synchronized BitSet numbers() {
        return (BitSet) seen.clone();
    }
}
