package app.realtime.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Redis of its own, in a process that ends with this JVM; nothing of it is kept. Safe to use from any thread. */
public final class RedisServer implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final String PROGRAM = "redis-server";

    private final int port = Ports.free(1)[0];
    private final List<String> options;
    private final boolean tls;
    private ChildProcess process;

    private RedisServer(List<String> options) {
        this.options = options;
        this.tls = options.contains("--tls-cert-file");
    }

    /** Goes on only where Redis is installed: elsewhere the test is skipped, or fails ({@link Prerequisite}). */
    public static void require() {
        Prerequisite.require(
                "Not tested with Redis",
                isInstalled() ? Optional.empty() : Optional.of("redis-server is not installed (package redis-server)"));
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    /** One that is not running yet, on a free port. */
    public static RedisServer stopped(String... options) {
        return new RedisServer(List.of(options));
    }

    /**
     * Options of one that speaks nothing but TLS.
     *
     * @param directory with {@code tls.crt} and {@code tls.key}
     */
    public static List<String> tlsOptions(Path directory) {
        String certificate = directory.resolve("tls.crt").toString();
        return List.of(
                "--tls-cert-file",
                certificate,
                "--tls-key-file",
                directory.resolve("tls.key").toString(),
                "--tls-ca-cert-file",
                certificate,
                "--tls-auth-clients",
                "no",
                "--tls-cluster",
                "yes",
                "--tls-replication",
                "yes");
    }

    public static RedisServer running(String... options) {
        return stopped(options).start();
    }

    /** Starts, or starts again, on the same port. */
    public synchronized RedisServer start() {
        Path directory = Build.freshDirectory("redis-" + port);
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(listening(port));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        command.addAll(options);
        process = ChildProcess.start(
                "redis", command, Map.of(), directory, directory.resolve("console.log"), line -> {}, STOP);
        Await.until(
                "Redis answers", Duration.ofSeconds(20), () -> Ports.answers(port), process::isAlive, process::report);
        return this;
    }

    /** Options of one that listens there. */
    List<String> listening(int port) {
        String number = Integer.toString(port);
        return tls
                ? List.of("--bind", "127.0.0.1", "--port", "0", "--tls-port", number)
                : List.of("--bind", "127.0.0.1", "--port", number);
    }

    /** What redis-cli needs to reach it. */
    List<String> cliOptions() {
        return cliOptions(port);
    }

    /** What redis-cli needs to reach another port with the same options. */
    List<String> cliOptions(int port) {
        List<String> arguments = new ArrayList<>(List.of("-p", Integer.toString(port)));
        if (tls) {
            arguments.addAll(List.of("--tls", "--insecure"));
        }
        return arguments;
    }

    /** Its address without a scheme. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public String url() {
        return (tls ? "rediss://" : "redis://") + address();
    }

    public int port() {
        return port;
    }

    /** Ends it at once, as a crash would; what clients have sent and it has not read is lost. */
    public synchronized void kill() {
        process.kill();
    }

    /** Its own pid, for signals. */
    public synchronized long pid() {
        return process.pid();
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            process.stop(STOP);
        }
    }
}
