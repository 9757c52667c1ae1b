package app.realtime.clients;

import app.realtime.contract.ServerLog;
import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged service, without Kafka, that stops and starts again on the same ports. Not thread-safe. */
public final class RestartableService implements AutoCloseable {

    /**
     * The heartbeat is short because the Java client on a websocket does not notice its end before it misses pings.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "KAFKA_BROKERS",
            "",
            "JWT_SECRET",
            TokenMint.DEFAULT_SECRET,
            "HEARTBEAT_INTERVAL",
            "2000",
            "CONNECTION_TIMEOUT",
            "10000",
            "MAX_CONNECTIONS_PER_IP",
            "1000",
            "RATE_LIMIT_MAX_MESSAGES",
            "10000",
            "LOG_LEVEL",
            "debug");

    private final Map<String, String> settings = new HashMap<>(SETTINGS);
    private final List<String> logs = new ArrayList<>();
    private LibertyServer server;

    RestartableService() {
        this(0, Map.of());
    }

    /**
     * @param port the public one; 0 for a free one
     * @param more settings, over those for all
     */
    public RestartableService(int port, Map<String, String> more) {
        settings.putAll(more);
        server = start(port, 0);
    }

    public URI uri() {
        return server.uri("");
    }

    /** Stops the service as an operator would, and starts it again with nothing of what it knew. */
    void restart() {
        stop();
        startAgain();
    }

    /** Stops it as an operator would. */
    public void stop() {
        server.stop();
        logs.add(server.logText());
    }

    /** Starts it after {@link #stop()}, with nothing of what it knew. */
    public void startAgain() {
        server = start(server.port(), server.managementPort());
    }

    private LibertyServer start(int port, int managementPort) {
        return LibertyServer.builder()
                .environment(settings)
                .ports(port, managementPort)
                .start();
    }

    /** The lines of its log so far that tell of an error. */
    public List<String> trouble() {
        return ServerLog.trouble(log());
    }

    /** How many of the tokens made so far are in its log. */
    public long leaks() {
        return ServerLog.leaks(log(), TokenMint.issued());
    }

    private String log() {
        return String.join("\n", logs) + server.logText();
    }

    @Override
    public void close() {
        server.stop();
    }
}
