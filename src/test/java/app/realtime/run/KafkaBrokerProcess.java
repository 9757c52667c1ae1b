package app.realtime.run;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * A single-node KRaft broker in a JVM of its own, small and quick to start, which can be killed without this JVM
 * noticing anything but its absence. A restart after a crash takes some ten seconds, until the controller has given up the
 * broker of before; a shorter time makes it give up brokers that are merely slow on a busy machine. Not safe for use by several threads.
 */
public final class KafkaBrokerProcess implements KafkaBroker {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    /**
     * A second listener, for clients that are to come by another way than the tests themselves.
     *
     * @param port where it listens
     * @param advertisedPort where its clients are told to connect to
     * @param protocol such as {@code SASL_SSL}
     * @param properties of the broker, for this listener
     */
    public record Listener(int port, int advertisedPort, String protocol, Map<String, String> properties) {}

    private final int port;
    private final Path directory;
    private Optional<Listener> second;
    private ChildProcess process;

    private KafkaBrokerProcess(int port, Path directory, Optional<Listener> second) {
        this.port = port;
        this.directory = directory;
        this.second = second;
    }

    /** On a free port, with no data. */
    public static KafkaBrokerProcess start() {
        int port = Ports.free(1)[0];
        return start(port, Build.freshDirectory("kafka-" + port));
    }

    /** On a free port, with no data and a second listener. */
    public static KafkaBrokerProcess start(Listener second) {
        int port = Ports.free(1)[0];
        KafkaBrokerProcess broker =
                new KafkaBrokerProcess(port, Build.freshDirectory("kafka-" + port), Optional.of(second));
        broker.launch();
        return broker;
    }

    /** On that port; the data in that directory is kept, and used if it is there. Returns when the broker answers. */
    public static KafkaBrokerProcess start(int port, Path directory) {
        KafkaBrokerProcess broker = new KafkaBrokerProcess(port, directory, Optional.empty());
        broker.launch();
        return broker;
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        launch();
    }

    /** Like {@link #restart()}, with another second listener. */
    public void restart(Listener other) {
        second = Optional.of(other);
        launch();
    }

    /** Stops its threads where they are, as a machine that hangs would, until {@link #thaw()}. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        process.stop(STOP);
    }

    /** The child process, for those who watch it. */
    ChildProcess process() {
        return process;
    }

    private void launch() {
        Path data = directory.resolve("data");
        Path properties = directory.resolve("server.properties");
        String classPath;
        String cluster;
        try {
            Files.createDirectories(data);
            Files.writeString(properties, properties(data));
            cluster = cluster(data.resolve("meta.properties"));
            classPath = libraries() + File.pathSeparator + JavaCommand.ownClasses();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not prepare the Kafka broker in " + directory, e);
        }
        List<String> command = new ArrayList<>(JavaCommand.QUICK);
        command.addAll(List.of("-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.addAll(List.of("-cp", classPath, ParentWatch.class.getName(), BrokerMain.class.getName()));
        command.addAll(List.of(properties.toString(), data.toString(), cluster));
        process = ChildProcess.java(
                "Kafka broker", command, Map.of(), directory, directory.resolve("broker.log"), line -> {}, STOP);
        try {
            Await.until(
                    "Starting Kafka on port " + port,
                    START,
                    () -> BrokerAdmin.answers(bootstrapServers(), cluster),
                    process::isAlive,
                    process::report);
        } catch (IllegalStateException e) {
            process.kill();
            throw e;
        }
    }

    /** Every broker has a cluster id of its own, so that another one that got the port first is not taken for it. */
    private static String cluster(Path meta) throws IOException {
        if (!Files.exists(meta)) {
            return Uuid.randomUuid().toString();
        }
        try (Reader reader = Files.newBufferedReader(meta)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties.getProperty("cluster.id");
        }
    }

    /** The build's own tools are on the same list, and no use to a broker. */
    private static String libraries() throws IOException {
        return String.join(
                File.pathSeparator,
                Arrays.stream(Files.readString(Build.brokerClassPath()).trim().split(File.pathSeparator))
                        .filter(jar -> !jar.matches(".*[/\\\\](ant|plexus|maven)-?[^/\\\\]*"))
                        .toList());
    }

    private String properties(Path data) {
        int controller = Ports.free(1)[0];
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%2$d
                listeners=CLIENT://localhost:%1$d,CONTROLLER://localhost:%2$d%4$s
                advertised.listeners=CLIENT://localhost:%1$d%5$s
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT%6$s
                inter.broker.listener.name=CLIENT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=true
                num.partitions=1
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.enable=false
                controlled.shutdown.enable=false
                broker.heartbeat.interval.ms=1000
                num.network.threads=2
                num.io.threads=2
                %7$s
                """.formatted(
                port,
                controller,
                data.toString().replace('\\', '/'),
                second.map(listener -> ",SECOND://localhost:" + listener.port()).orElse(""),
                second.map(listener -> ",SECOND://localhost:" + listener.advertisedPort())
                        .orElse(""),
                second.map(listener -> ",SECOND:" + listener.protocol()).orElse(""),
                second.map(Listener::properties).orElse(Map.of()).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
    }
}
