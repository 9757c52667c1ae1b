package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A master, a replica and a Sentinel that watches them, on this machine. Safe to use from any thread. */
public final class RedisSentinel implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration READY = Duration.ofSeconds(30);

    private final RedisServer master;
    private final RedisServer replica;
    private final int port = Ports.free(1)[0];
    private final ChildProcess process;

    private RedisSentinel(String password, List<String> options) {
        this.master = redis(options, "--requirepass", password, "--masterauth", password);
        this.replica = redis(
                options,
                "--requirepass",
                password,
                "--masterauth",
                password,
                "--replicaof",
                "127.0.0.1 " + master.port());
        Path directory = Build.freshDirectory("sentinel-" + port);
        Path settings = directory.resolve("sentinel.conf");
        try {
            Files.write(
                    settings,
                    List.of(
                            "requirepass " + password,
                            "sentinel monitor events 127.0.0.1 " + master.port() + " 1",
                            "sentinel auth-pass events " + password,
                            "sentinel down-after-milliseconds events 1000",
                            "sentinel failover-timeout events 5000"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + settings, e);
        }
        List<String> command = new ArrayList<>(List.of("redis-server", settings.toString(), "--sentinel"));
        command.addAll(master.listening(port));
        command.addAll(options);
        this.process = ChildProcess.start(
                "sentinel", command, Map.of(), directory, directory.resolve("console.log"), line -> {}, STOP);
        Await.until("Sentinel answers", READY, () -> Ports.answers(port), process::isAlive, process::report);
        Await.until(
                "Sentinel knows the replica",
                READY,
                () -> replicas(password).contains(Integer.toString(replica.port())),
                process::isAlive,
                process::report);
    }

    private static RedisServer redis(List<String> options, String... further) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(further));
        return RedisServer.running(all.toArray(String[]::new));
    }

    private String replicas(String password) {
        List<String> arguments = master.cliOptions(port);
        arguments.addAll(List.of("-a", password, "sentinel", "replicas", "events"));
        return RedisCli.run(arguments.toArray(String[]::new));
    }

    /**
     * @param password of all three
     * @param options of all three, such as those for TLS
     */
    public static RedisSentinel running(String password, String... options) {
        return new RedisSentinel(password, List.of(options));
    }

    /** The one that is the master in the beginning. */
    public RedisServer master() {
        return master;
    }

    /** Without a password. */
    public String url() {
        String scheme = master.url().replaceFirst(":.*", "-sentinel");
        return scheme + "://127.0.0.1:" + port + "/0?sentinelMasterId=events&sentinelAuth=true";
    }

    @Override
    public void close() {
        process.stop(STOP);
        replica.close();
        master.close();
    }
}
