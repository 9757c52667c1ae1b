package app.realtime.bench.server;

import app.realtime.bench.load.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Starts servers on free ports, each with the same heartbeat.
 *
 * @param liberty the Open Liberty with the packaged service
 * @param node the folder with the Node.js peer and its modules
 * @param work where logs and working files go
 * @param serviceJava the home of the Java that runs the service
 * @param serviceEnvironment more variables for the service
 * @param kafka the brokers; empty for none
 */
public record Launcher(
        Path liberty, Path node, Path work, Path serviceJava, Map<String, String> serviceEnvironment, String kafka) {

    private static final String SERVER = "websocket-service";
    private static final String TOPIC = "KAFKA_TOPIC_NOTIFICATIONS";
    private static final String MANY = "1000000";
    private static final Duration START = Duration.ofSeconds(120);

    public Launcher withKafka(String brokers) {
        return new Launcher(liberty, node, work, serviceJava, serviceEnvironment, brokers);
    }

    /** @param more variables of the service's environment */
    public Launcher withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(serviceEnvironment);
        all.putAll(more);
        return new Launcher(liberty, node, work, serviceJava, Map.copyOf(all), kafka);
    }

    public Server start(ServerKind kind) {
        int port = freePort();
        int second = freePort();
        Path directory = work.resolve(kind.key() + '-' + port);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (kind) {
            case SERVICE -> service(port, second, directory);
            case NODE -> node(port, directory);
            case NETTY -> netty(port, second, directory);
        };
    }

    private Server service(int port, int management, Path directory) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT",
                Integer.toString(port),
                "MANAGEMENT_PORT",
                Integer.toString(management),
                "KAFKA_BROKERS",
                kafka,
                TOPIC,
                topic(ServerKind.SERVICE),
                // The limits are no part of what is measured; everything else is as shipped.
                "MAX_CONNECTIONS_PER_IP",
                MANY,
                "RATE_LIMIT_MAX_MESSAGES",
                MANY,
                "JAVA_HOME",
                serviceJava.toString(),
                "WLP_OUTPUT_DIR",
                directory.toString()));
        environment.putAll(serviceEnvironment);
        List<String> command = List.of(liberty.resolve("bin/server").toString(), "run", SERVER);
        ServerProcess process = ServerProcess.start(SERVER, "java", command, environment, directory);
        process.await(() -> answers(management, "/health/ready"), START);
        return new Server(ServerKind.SERVICE, Endpoint.local(port), Endpoint.local(port), process);
    }

    private Server node(int port, Path directory) {
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "KAFKA_BROKERS",
                kafka,
                TOPIC,
                topic(ServerKind.NODE),
                "NODE_ENV",
                "production");
        List<String> command =
                List.of("node", "--expose-gc", node.resolve("server.mjs").toString());
        ServerProcess process = ServerProcess.start("node", "node", command, environment, directory);
        process.await(() -> answers(port, "/health"), START);
        return new Server(ServerKind.NODE, Endpoint.local(port), Endpoint.local(port), process);
    }

    private Server netty(int port, int api, Path directory) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "app.realtime.bench.peer.NettyPeer");
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "API_PORT",
                Integer.toString(api),
                "KAFKA_BROKERS",
                kafka,
                TOPIC,
                topic(ServerKind.NETTY));
        ServerProcess process = ServerProcess.start("netty", "java", command, environment, directory);
        process.await(() -> answers(api, "/health"), START);
        // It says that it keeps connections, and closes each after its answer to a poll.
        return new Server(ServerKind.NETTY, Endpoint.local(port).withoutKeepAlive(), Endpoint.local(api), process);
    }

    /** Each server has a topic of its own, so that only the one that is measured has work. */
    public static String topic(ServerKind kind) {
        return "bench." + kind.key();
    }

    private static boolean answers(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(2000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Below those that connections are given, so that no client takes it before the server does. */
    static int freePort() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                continue;
            }
        }
        throw new IllegalStateException("No free port from 20000 to 32000");
    }
}
