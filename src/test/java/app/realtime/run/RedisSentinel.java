package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    /** @param password of all three */
    private RedisSentinel(String password) {
        this.master = RedisServer.running("--requirepass", password, "--masterauth", password);
        this.replica = RedisServer.running(
                "--requirepass", password, "--masterauth", password, "--replicaof", "127.0.0.1 " + master.port());
        Path directory = Build.freshDirectory("sentinel-" + port);
        Path settings = directory.resolve("sentinel.conf");
        try {
            Files.write(
                    settings,
                    List.of(
                            "port " + port,
                            "bind 127.0.0.1",
                            "requirepass " + password,
                            "sentinel monitor events 127.0.0.1 " + master.port() + " 1",
                            "sentinel auth-pass events " + password,
                            "sentinel down-after-milliseconds events 1000",
                            "sentinel failover-timeout events 5000"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + settings, e);
        }
        this.process = ChildProcess.start(
                "sentinel",
                List.of("redis-server", settings.toString(), "--sentinel"),
                Map.of(),
                directory,
                directory.resolve("console.log"),
                line -> {},
                STOP);
        Await.until("Sentinel answers", READY, () -> Ports.answers(port), process::isAlive, process::report);
        Await.until(
                "Sentinel knows the replica",
                READY,
                () -> RedisCli.run("-p", Integer.toString(port), "-a", password, "sentinel", "replicas", "events")
                        .contains(Integer.toString(replica.port())),
                process::isAlive,
                process::report);
    }

    public static RedisSentinel running(String password) {
        return new RedisSentinel(password);
    }

    /** The one that is the master in the beginning. */
    public RedisServer master() {
        return master;
    }

    /** Without a password. */
    public String url() {
        return "redis-sentinel://127.0.0.1:" + port + "/0?sentinelMasterId=events&sentinelAuth=true";
    }

    @Override
    public void close() {
        process.stop(STOP);
        replica.close();
        master.close();
    }
}
