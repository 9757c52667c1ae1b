package app.realtime.fuzz;

import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged service under test, and what its process shows of itself. Thread-safe. */
final class Target implements AutoCloseable {

    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    private final HttpClient client = HttpClient.newHttpClient();
    private final LibertyServer server = LibertyServer.builder()
            .environment(Map.of(
                    "KAFKA_BROKERS",
                    "",
                    "JWT_SECRET",
                    TokenMint.DEFAULT_SECRET,
                    "MAX_CONNECTIONS_PER_IP",
                    "100000",
                    "RATE_LIMIT_MAX_MESSAGES",
                    "100000",
                    // Short, so that sessions that nobody ends do so by themselves.
                    "HEARTBEAT_INTERVAL",
                    "2000",
                    "CONNECTION_TIMEOUT",
                    "3000",
                    "LOG_LEVEL",
                    "info"))
            .jvmOptions("-Xmx256m")
            .start();

    LibertyServer server() {
        return server;
    }

    /** The sum of a gauge over its tags. */
    double gauge(String name) {
        HttpRequest request =
                HttpRequest.newBuilder(server.managementUri("/metrics")).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Resident memory in KB. */
    long residentKilobytes() {
        return read(Path.of("/proc/" + server.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** Heap in use after a collection, in KB. */
    long liveKilobytes() {
        jcmd("GC.run");
        return HEAP_USED
                .matcher(jcmd("GC.heap_info")
                        .lines()
                        .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
                        .toList()
                        .toString())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** How many objects of these classes are reachable, by class, of those that there are any of. */
    Map<String, Long> instances(List<String> classes) {
        Map<String, Long> counts = new TreeMap<>();
        jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && classes.contains(columns[3]))
                .forEach(columns -> counts.put(columns[3], Long.parseLong(columns[1])));
        return counts;
    }

    /** By thread, the frames of its stack, of those that are in the service's own code. */
    Map<String, String> ownStacks() {
        Map<String, String> stacks = new java.util.HashMap<>();
        for (String thread : jcmd("Thread.print").split("\n\n")) {
            boolean own = thread.lines()
                    .map(String::strip)
                    // The launcher of the tests is in the process as well.
                    .anyMatch(line -> line.startsWith("at app.realtime.") && !line.startsWith("at app.realtime.run."));
            Matcher name = Pattern.compile("\"([^\"]*)\"").matcher(thread);
            if (own && name.find()) {
                stacks.put(name.group(1), thread.lines().skip(1).toList().toString());
            }
        }
        return stacks;
    }

    /** First failure data capture: what Liberty writes about exceptions that it did not expect. */
    List<String> failureFiles() {
        Path logs = Path.of(
                System.getProperty("run.directory", "target/run"),
                "server-" + server.port(),
                "servers",
                System.getProperty("server.name", "websocket-service"),
                "logs",
                "ffdc");
        if (!Files.exists(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ffdc_"))
                    .map(Target::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String command) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                command));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("jcmd " + command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
