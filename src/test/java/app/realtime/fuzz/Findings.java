package app.realtime.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the service did that it must not do, and how much was sent. Thread-safe. */
final class Findings {

    private static final int MOST = 40;
    private static final int MOST_SHOWN = 300;

    private final List<String> all = new CopyOnWriteArrayList<>();
    private final AtomicLong inputs = new AtomicLong();

    void sent(int count) {
        inputs.addAndGet(count);
    }

    long inputs() {
        return inputs.get();
    }

    void add(String what, byte[] input) {
        if (all.size() < MOST) {
            String shown = new String(input, StandardCharsets.ISO_8859_1);
            all.add(what + " <- " + printable(shown.substring(0, Math.min(MOST_SHOWN, shown.length()))));
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars()
                .forEach(c ->
                        printable.append(c >= 0x20 && c < 0x7f ? String.valueOf((char) c) : "\\x%02x".formatted(c)));
        return printable.toString();
    }
}
