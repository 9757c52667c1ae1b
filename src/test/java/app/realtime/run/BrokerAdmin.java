package app.realtime.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewTopic;

/** What the harness asks of a broker. */
final class BrokerAdmin {

    /** Held, since the logging framework itself forgets loggers that nobody holds. */
    private static final Logger CLIENT = Logger.getLogger("org.apache.kafka");

    private BrokerAdmin() {}

    /** Keeps the Kafka client's long lists of settings out of the output. */
    static void quietClient() {
        CLIENT.setLevel(Level.SEVERE);
    }

    static boolean answers(String bootstrapServers) {
        return ask(bootstrapServers, cluster -> true);
    }

    /** Whether the broker of that cluster answers, and not another one. */
    static boolean answers(String bootstrapServers, String cluster) {
        return ask(bootstrapServers, cluster::equals);
    }

    private static boolean ask(String bootstrapServers, Predicate<String> expected) {
        quietClient();
        int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
        if (!Ports.answers(port)) {
            return false;
        }
        try (Admin admin = admin(bootstrapServers)) {
            DescribeClusterResult cluster = admin.describeCluster();
            return !cluster.nodes().get().isEmpty()
                    && expected.test(cluster.clusterId().get());
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void createTopics(String bootstrapServers, Collection<String> names, int partitions) {
        quietClient();
        try (Admin admin = admin(bootstrapServers)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = names.stream()
                    .filter(name -> !existing.contains(name))
                    .distinct()
                    .map(name -> new NewTopic(name, partitions, (short) 1))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create the topics " + names, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating the topics " + names, e);
        }
    }

    static Set<String> topics(String bootstrapServers) {
        try (Admin admin = admin(bootstrapServers)) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not list the topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while listing the topics", e);
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000));
    }
}
