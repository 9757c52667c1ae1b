package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The packaged service on Open Liberty, in a JVM of its own with a copy of the server's files of its own, so that
 * several run side by side with different settings. It ends with this JVM. Safe to use from any thread.
 */
public final class LibertyServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);

    private static final Pattern APPLICATION_FAILED = Pattern.compile("CWWKZ000[24]E");

    private final int port;
    private final int managementPort;
    private final String scheme;
    private final ChildProcess process;
    /** Liberty itself goes on when its only application cannot start. */
    private volatile boolean startFailed;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private LibertyServer(Builder builder) {
        int[] free = Ports.free(2);
        this.port = builder.port == 0 ? free[0] : builder.port;
        this.managementPort = builder.managementPort == 0 ? free[1] : builder.managementPort;
        this.scheme = DevSettings.scheme(builder.environment);
        this.process = launch(builder);
    }

    /** A server with the settings of this JVM's environment, on free ports. */
    public static Builder builder() {
        return new Builder();
    }

    /** The public port: Socket.IO, the HTTP API, {@code /health}. */
    public int port() {
        return port;
    }

    /** The port of MicroProfile Health, Metrics and OpenAPI. */
    public int managementPort() {
        return managementPort;
    }

    /** @param path beginning with a slash */
    public URI uri(String path) {
        return URI.create(scheme + "://localhost:" + port + path);
    }

    /** @param path beginning with a slash */
    public URI managementUri(String path) {
        return URI.create("http://localhost:" + managementPort + path);
    }

    /**
     * Waits until the service says that it is ready, on the management port, and the public port is open.
     *
     * @throws IllegalStateException with the end of the log, at once when the server dies, or when the time is over
     */
    public LibertyServer awaitReady(Duration time) {
        Await.until(
                "Starting the service on port " + port,
                time,
                () -> isReady() && Ports.answers(port),
                () -> process.isAlive() && !startFailed,
                process::report);
        return this;
    }

    /** Whether its end was this JVM's doing. */
    boolean wasStopped() {
        return process.wasStopped();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Completes with the exit code when the server has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /** Everything that the server has written to its console so far. */
    public String logText() {
        return process.logText();
    }

    /** Ends it in an orderly way, as a deployment would: SIGTERM, up to 40 s, then SIGKILL. */
    public void stop() {
        process.stop(LibertyJvm.STOP);
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(managementUri("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ChildProcess launch(Builder builder) {
        Path install = Build.serverInstall();
        String name = Build.serverName();
        Path packaged = install.resolve("usr/servers").resolve(name);
        if (!Files.exists(packaged.resolve("server.xml"))) {
            throw new IllegalStateException("There is no packaged server in " + packaged + ": run `mvn package` first");
        }
        Path directory = Build.freshDirectory("server-" + port);
        Path server = directory.resolve("servers").resolve(name);
        Build.copyServer(packaged, server);
        builder.files.forEach((file, text) -> write(server.resolve(file), text));

        Map<String, String> environment = new HashMap<>();
        environment.put("LOG_LEVEL", "info");
        // Nobody waits for the clients of a test to go elsewhere.
        environment.put("DRAIN_SECONDS", "0");
        environment.putAll(inherited());
        environment.putAll(builder.environment);
        environment.put("PORT", Integer.toString(port));
        environment.put("MANAGEMENT_PORT", Integer.toString(managementPort));
        // As liberty/server.env, which only the script reads.
        environment.put("PUBLIC_SCHEME", scheme);

        List<String> options = new ArrayList<>(jvmOptions(packaged));
        options.addAll(builder.jvmOptions);
        return LibertyJvm.start("The service", directory, name, options, environment, watching(builder.lines));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }

    private Consumer<String> watching(Consumer<String> lines) {
        return line -> {
            if (APPLICATION_FAILED.matcher(line).find()) {
                startFailed = true;
            }
            lines.accept(line);
        };
    }

    /** LOG_LEVEL may be set but empty in the environment; the file name made from it must not be. */
    private static Map<String, String> inherited() {
        String level = System.getenv("LOG_LEVEL");
        return level == null || level.isBlank() ? Map.of() : Map.of("LOG_LEVEL", level);
    }

    private static List<String> jvmOptions(Path server) {
        Path file = server.resolve("jvm.options");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    /** Settings of a server to start. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<String, String> environment = new HashMap<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private final Map<String, String> files = new HashMap<>();
        private Consumer<String> lines = line -> {};
        private int port;
        private int managementPort;

        private Builder() {}

        /** Environment variables, over those of this JVM. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** A further file of the server's configuration. @param path in its directory */
        public Builder file(String path, String text) {
            files.put(path, text);
            return this;
        }

        /** Options such as {@code -Dname=value} or {@code -Xmx256m}. */
        public Builder jvmOptions(String... options) {
            jvmOptions.addAll(List.of(options));
            return this;
        }

        /** Fixed ports instead of free ones; 0 is a free one. */
        public Builder ports(int publicPort, int management) {
            this.port = publicPort;
            this.managementPort = management;
            return this;
        }

        /** Called with each line of the server's console, on a thread of its own. */
        public Builder onLine(Consumer<String> listener) {
            this.lines = listener;
            return this;
        }

        /** Starts the server; does not wait until it is ready. */
        public LibertyServer launch() {
            return new LibertyServer(this);
        }

        /** Starts the server and waits until it is ready; a server that does not get ready is ended. */
        public LibertyServer start() {
            LibertyServer server = launch();
            try {
                return server.awaitReady(START);
            } catch (IllegalStateException e) {
                server.kill();
                throw e;
            }
        }
    }
}
