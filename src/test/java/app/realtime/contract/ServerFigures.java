package app.realtime.contract;

import app.realtime.run.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a running server costs, and what it counts. Thread-safe. */
final class ServerFigures {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    private final LibertyServer server;
    private final HttpApi management;

    ServerFigures(LibertyServer server) {
        this.server = server;
        this.management = new HttpApi(server.managementUri("/"));
    }

    /** The value of a metric whose line begins so and has all these texts in it; 0 if there is none yet. */
    double metric(String name, String... tags) {
        return management
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && Stream.of(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Sessions that have been ended because their clients took too little. */
    int slowConsumers() {
        return (int) metric("realtime_sessions_closed_total", "reason=\"slow_consumer\"");
    }

    /** The most that waits for any client, in packets. */
    int longestQueue() {
        return (int) metric("realtime_queued_packets_max");
    }

    /** All that wait, in packets. */
    int queued() {
        return (int) metric("realtime_queued_packets{");
    }

    /** Threads of the platform, virtual ones not among them. */
    int threads() {
        return (int) metric("thread_count{");
    }

    /** How many objects of a class are left after a full collection, which this brings about. */
    int liveInstances(String className) {
        Matcher row = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(\\s.*)?$")
                .matcher(jcmd("GC.class_histogram"));
        return row.find() ? Integer.parseInt(row.group(1)) : 0;
    }

    /** Bytes in use after a full collection, which this brings about. */
    long liveHeap() {
        Matcher total = TOTAL.matcher(jcmd("GC.class_histogram"));
        if (!total.find()) {
            throw new AssertionError("The histogram has no total");
        }
        return Long.parseLong(total.group(1));
    }

    /** Bytes of memory that the process holds; 0 where the system does not tell. */
    long resident() {
        Path status = Path.of("/proc", Long.toString(server.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(status));
            return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(List.of(jcmd.toString(), Long.toString(server.pid()), command))
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
