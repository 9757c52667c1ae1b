package app.realtime.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of metrics: those of the service, as README lists them, and the few of Liberty and Prometheus that are used. */
final class Metrics {

    /** Those of Liberty; {@code ImageIT} finds them in what a server says. */
    static final Set<String> OF_LIBERTY =
            Set.of("memory_usedHeap_bytes", "memory_maxHeap_bytes", "cpu_processCpuTime_seconds", "thread_count");

    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(realtime_[a-z_]+)` \\|");
    private static final Pattern NAME = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)(?=\\{)");

    private Metrics() {}

    static Set<String> known() {
        Set<String> known = new TreeSet<>(OF_LIBERTY);
        known.add("up");
        for (String name : ofTheService()) {
            known.add(name);
            if (name.endsWith("_seconds")) {
                Stream.of("_count", "_sum", "_max", "_bucket").forEach(suffix -> known.add(name + suffix));
            }
        }
        return known;
    }

    /** The metrics that an expression of Prometheus looks at. */
    static Set<String> of(String expression) {
        return NAME.matcher(expression).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Set<String> ofTheService() {
        try {
            return LISTED.matcher(Files.readString(Path.of("README.md")))
                    .results()
                    .map(row -> row.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read README.md", e);
        }
    }
}
