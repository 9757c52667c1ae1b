package app.realtime.bench.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** One Kafka broker in a process of its own, with the libraries that the product's build has fetched. */
public final class Broker implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final String address;
    private final ServerProcess process;

    private Broker(String address, ServerProcess process) {
        this.address = address;
        this.process = process;
    }

    /**
     * @param classPath the file with the broker's class path
     * @param work where its data and its log go
     */
    public static Broker start(Path classPath, Path work) {
        int port = Launcher.freePort();
        try {
            Path directory = Files.createDirectories(work.resolve("kafka-" + port));
            Path properties = Files.writeString(directory.resolve("server.properties"), properties(port, directory));
            String libraries = libraries(classPath);
            run(
                    java(
                            libraries,
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            Uuid.randomUuid().toString(),
                            "-c",
                            properties.toString()),
                    directory);
            ServerProcess process = ServerProcess.start(
                    "kafka", "java", java(libraries, "kafka.Kafka", properties.toString()), Map.of(), directory);
            Broker broker = new Broker("127.0.0.1:" + port, process);
            process.await(broker::answers, START);
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start Kafka (has the product been packaged?)", e);
        }
    }

    public String address() {
        return address;
    }

    /** With one partition each. */
    public void createTopics(Collection<String> names) {
        try (Admin admin = admin()) {
            List<NewTopic> topics =
                    names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList();
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Could not create topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean answers() {
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address));
    }

    private static List<String> java(String classPath, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command, Path directory) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("format.log").toFile())
                .start();
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("Formatting failed: " + Files.readString(directory.resolve("format.log")));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The build's own tools are on the same list, and no use to a broker. */
    private static String libraries(Path classPath) throws IOException {
        return String.join(
                File.pathSeparator,
                Arrays.stream(Files.readString(classPath).trim().split(File.pathSeparator))
                        .filter(jar -> !jar.matches(".*/(ant|plexus|maven)-?[^/]*"))
                        .toList());
    }

    private static String properties(int port, Path directory) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENT://127.0.0.1:%1$d
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
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
                """.formatted(port, Launcher.freePort(), directory.resolve("data"));
    }
}
