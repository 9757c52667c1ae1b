package app.realtime.bench.server;

import app.realtime.bench.load.RedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One Redis in a process of its own, which keeps nothing. Used by one thread. */
public final class RedisServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private final int port;
    private final ServerProcess process;

    private RedisServer(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    /** @param work where its log goes */
    public static RedisServer start(Path work) {
        int port = Launcher.freePort();
        try {
            Path program = program();
            Path directory = Files.createDirectories(work.resolve("redis-" + port));
            List<String> command = List.of(
                    program.toString(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    directory.toString());
            // A distribution may have one file under several names: the kernel tells that of the file.
            String file = program.toRealPath().getFileName().toString();
            RedisServer redis = new RedisServer(port, ServerProcess.start("redis", file, command, Map.of(), directory));
            redis.process.await(redis::answers, START);
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start Redis", e);
        }
    }

    private static Path program() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no redis-server on the PATH"));
    }

    private boolean answers() {
        try (RedisConnection connection = connect()) {
            return connection.command("PING").equals("+PONG");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public RedisConnection connect() {
        return new RedisConnection(address());
    }

    /** CPU time in microseconds, finer than {@link ProcessUse} can tell it: Redis' threads are there from the beginning. */
    public double cpuMicros() {
        return ProcessUse.threadMicros(process.pid());
    }

    /** The whole numbers of a section of {@code INFO}, by name. */
    public Map<String, Long> info(String section) {
        try (RedisConnection connection = connect()) {
            return connection
                    .command("INFO", section)
                    .lines()
                    .filter(line -> line.matches("\\w+:\\d+"))
                    .map(line -> line.split(":"))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
        }
    }

    /** How it says which version it is. */
    public String version() {
        try (RedisConnection connection = connect()) {
            return connection
                    .command("INFO", "server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
