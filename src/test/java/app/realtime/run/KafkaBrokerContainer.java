package app.realtime.run;

import java.time.Duration;
import java.util.List;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container, for machines with Docker. Not safe for use by several threads. */
public final class KafkaBrokerContainer implements KafkaBroker {

    private static final String IMAGE = "apache/kafka:" + System.getProperty("kafka.version", "4.0.0");
    private static final int CONTAINER_PORT = 9092;

    private final int port;
    private final KafkaContainer container;

    private KafkaBrokerContainer(int port) {
        this.port = port;
        this.container = new KafkaContainer(IMAGE);
        // A port of our choice, so that the address survives a restart.
        container.setPortBindings(List.of(port + ":" + CONTAINER_PORT));
        container.withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    }

    /** On a free port; returns when the broker answers. */
    public static KafkaBrokerContainer start() {
        KafkaBrokerContainer broker = new KafkaBrokerContainer(Ports.free(1)[0]);
        broker.container.start();
        return broker;
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        Await.until(
                "Restarting Kafka on port " + port,
                Duration.ofSeconds(60),
                () -> BrokerAdmin.answers(bootstrapServers()),
                () -> true,
                container::getLogs);
    }

    @Override
    public void close() {
        container.stop();
    }
}
