package app.realtime.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Waits until the brokers answer for the first time and lets the consumer group begin, before any consumer joins it.
 * Brokers that answer but refuse do not hold the consumers back. The executor's threads own it, one attempt after the
 * other; {@link #close()} may be called by any.
 */
final class FirstContact implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FirstContact.class.getName());

    // Short, because each attempt goes on for several seconds.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, Object> adminProperties;
    private final String group;
    private final List<String> topics;
    private final ScheduledExecutorService executor;
    private final CompletableFuture<Boolean> made = new CompletableFuture<>();

    private boolean told;
    private volatile Admin admin;
    private volatile boolean closed;

    FirstContact(
            Map<String, Object> adminProperties, String group, List<String> topics, ScheduledExecutorService executor) {
        this.adminProperties = Map.copyOf(adminProperties);
        this.group = group;
        this.topics = List.copyOf(topics);
        this.executor = executor;
    }

    /** Begins to try, and returns at once. The stage completes when consumers may join; never, once this is closed. */
    CompletionStage<Boolean> make() {
        executor.execute(this::attempt);
        return made;
    }

    /** Ends an attempt under way; no other follows. */
    @Override
    public void close() {
        closed = true;
        Admin current = admin;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }

    private void attempt() {
        try (Admin attempt = Admin.create(adminProperties)) {
            admin = attempt;
            if (closed) {
                return;
            }
            new GroupBeginning(attempt, group).commit(topics);
            made.complete(true);
        } catch (ExecutionException e) {
            failed(e.getCause());
        } catch (RuntimeException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Throwable failure) {
        if (closed) {
            return;
        }
        if (failure instanceof RetriableException) {
            LOG.log(
                    told ? Level.FINE : Level.WARNING,
                    () -> "Kafka does not answer at %s; the service goes on trying: %s"
                            .formatted(
                                    adminProperties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
                                    failure.getMessage()));
            told = true;
            executor.schedule(this::attempt, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        LOG.log(
                Level.WARNING,
                failure,
                () -> "Could not commit where consumer group %s begins; it reads new partitions from their first record"
                        .formatted(group));
        made.complete(true);
    }
}
