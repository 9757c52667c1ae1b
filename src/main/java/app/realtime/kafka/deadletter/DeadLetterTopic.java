package app.realtime.kafka.deadletter;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * One topic of dead letters: sends them in order and, when it cannot, keeps them and tries again. Owned by the executor's
 * one thread.
 */
final class DeadLetterTopic {

    private static final Logger LOG = Logger.getLogger(DeadLetterTopic.class.getName());
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(15);

    private final String name;
    private final Supplier<Producer<byte[], byte[]>> producer;
    private final Consumer<String> creation;
    private final ScheduledExecutorService executor;
    private final Queue<Letter> waiting = new PriorityQueue<>();
    private Duration rest = FIRST_REST;
    private boolean resting;
    private boolean looked;

    DeadLetterTopic(
            String name,
            Supplier<Producer<byte[], byte[]>> producer,
            Consumer<String> creation,
            ScheduledExecutorService executor) {
        this.name = name;
        this.producer = producer;
        this.creation = creation;
        this.executor = executor;
    }

    void add(Letter letter) {
        waiting.add(letter);
        send();
    }

    private void send() {
        while (!resting && !waiting.isEmpty()) {
            if (!looked) {
                looked = true;
                creation.accept(name);
            }
            Letter letter = waiting.remove();
            if (letter.kept().isDone()) {
                continue;
            }
            Thread sender = Thread.currentThread();
            try {
                producer.get().send(letter.record(), (metadata, failure) -> {
                    if (Thread.currentThread() == sender) {
                        // A send that failed after it had waited for the topic: the next one would wait as long.
                        sent(letter, failure);
                    } else {
                        executor.execute(() -> sent(letter, failure));
                    }
                });
            } catch (KafkaException | IllegalStateException e) {
                failed(letter, e);
            }
        }
    }

    private void sent(Letter letter, Exception failure) {
        if (failure == null) {
            rest = FIRST_REST;
            letter.kept().complete(null);
        } else {
            failed(letter, failure);
        }
    }

    private void failed(Letter letter, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            LOG.log(
                    Level.WARNING,
                    () -> "A dead letter is too large for %s, and kept there without what makes it so".formatted(name));
            waiting.add(letter.smaller());
            executor.execute(this::send);
            return;
        }
        waiting.add(letter);
        if (resting) {
            return;
        }
        resting = true;
        Duration now = rest;
        LOG.log(
                now.equals(FIRST_REST) ? Level.WARNING : Level.FINE,
                () -> "Could not keep dead letters in %s; they wait, and their partitions are not committed: %s"
                        .formatted(name, failure.getMessage()));
        rest = now.multipliedBy(2).compareTo(LONGEST_REST) > 0 ? LONGEST_REST : now.multipliedBy(2);
        executor.schedule(this::again, now.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void again() {
        resting = false;
        // Somebody may have deleted it.
        looked = false;
        send();
    }
}
