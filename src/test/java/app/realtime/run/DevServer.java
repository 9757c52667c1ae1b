package app.realtime.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code mvn -Pdev} runs: a Kafka broker and the packaged service, until Ctrl-C, SIGTERM, or the end of the
 * service. The children end with this JVM, however it ends.
 */
public final class DevServer {

    private static final Duration START = Duration.ofSeconds(180);

    private DevServer() {}

    public static void main(String[] arguments) {
        int status = run();
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run() {
        Map<String, String> settings;
        DevSettings dev;
        try {
            settings = DotEnv.read(Path.of(".env"), System.getenv());
            dev = DevSettings.from(settings);
        } catch (IllegalArgumentException e) {
            return fail(e.getMessage());
        }
        List<String> problems = dev.problems();
        if (!problems.isEmpty()) {
            return fail(String.join("\n", problems));
        }
        try {
            return serve(settings, dev);
        } catch (IllegalStateException e) {
            return fail(e.getMessage());
        }
    }

    private static int serve(Map<String, String> settings, DevSettings dev) {
        KafkaBrokerProcess broker =
                dev.brokerPort().map(port -> broker(port, dev)).orElse(null);
        try (broker) {
            LibertyServer server = LibertyServer.builder()
                    .environment(environment(settings, dev))
                    .ports(dev.port(), dev.managementPort())
                    .onLine(System.out::println)
                    .launch();
            try (server) {
                server.awaitReady(START);
                System.out.println(dev.ready());
                int code = server.onExit().join();
                return server.wasStopped() ? 0 : fail("The service ended by itself, with exit code " + code + ".");
            }
        }
    }

    private static KafkaBrokerProcess broker(int port, DevSettings dev) {
        System.out.println("Starting Kafka on localhost:" + port);
        KafkaBrokerProcess broker =
                KafkaBrokerProcess.start(port, Build.runDirectory().resolve("dev-kafka-" + port));
        try {
            broker.createTopics(dev.topics(), 1);
        } catch (IllegalStateException e) {
            broker.close();
            throw e;
        }
        ChildProcess process = broker.process();
        process.onExit().thenAccept(code -> {
            if (!process.wasStopped()) {
                System.out.println("Kafka ended by itself, with exit code " + code + "; the service goes on without.");
            }
        });
        return broker;
    }

    private static Map<String, String> environment(Map<String, String> settings, DevSettings dev) {
        Map<String, String> environment = new HashMap<>(settings);
        dev.brokerPort().ifPresent(port -> environment.put("KAFKA_BROKERS", "localhost:" + port));
        if (environment.getOrDefault("LOG_LEVEL", "").isBlank()) {
            environment.put("LOG_LEVEL", "info");
        }
        if (environment.getOrDefault("DRAIN_SECONDS", "").isBlank()) {
            // Whoever presses Ctrl-C does not want to wait for browsers.
            environment.put("DRAIN_SECONDS", "0");
        }
        return environment;
    }

    private static int fail(String message) {
        System.out.flush();
        System.err.println(message);
        return 1;
    }
}
