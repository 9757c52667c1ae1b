package app.realtime.run;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;

/** Container or child process. */
final class BrokerChoice {

    private static final Logger LOG = Logger.getLogger(BrokerChoice.class.getName());

    /** Held, since the logging framework itself forgets loggers that nobody holds. */
    private static final Logger DOCKER_SEARCH = Logger.getLogger("org.testcontainers");

    private BrokerChoice() {}

    static KafkaBroker start() {
        if (dockerAnswers()) {
            LOG.info("Kafka: in a container by Testcontainers, since Docker answers");
            return KafkaBrokerContainer.start();
        }
        LOG.info("Kafka: as a child process, since no Docker answers");
        return KafkaBrokerProcess.start();
    }

    private static boolean dockerAnswers() {
        // Looking for Docker in vain fills the log with stack traces.
        DOCKER_SEARCH.setLevel(Level.OFF);
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } finally {
            DOCKER_SEARCH.setLevel(Level.WARNING);
        }
    }
}
