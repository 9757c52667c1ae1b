package app.realtime.bootstrap;

import app.realtime.api.DeadLetterRedrive;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.KafkaSettings;
import app.realtime.kafka.consumer.Handling;
import app.realtime.kafka.consumer.Handling.Delivered;
import app.realtime.kafka.consumer.Handling.Rejected;
import app.realtime.kafka.deadletter.Redrive;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Fits the redrive of dead letters into the port of the HTTP API. Thread-safe, as the feed is. */
final class KafkaRedrive implements DeadLetterRedrive {

    private static final Logger LOG = Logger.getLogger(KafkaRedrive.class.getName());

    private final KafkaFeed feed;
    private final Set<String> topics;

    KafkaRedrive(KafkaFeed feed, KafkaSettings settings) {
        this.feed = feed;
        topics = feed.keepsDeadLetters() ? settings.routes().topics() : Set.of();
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public CompletionStage<Answer> redrive(String topic, int limit) {
        return feed.redrive(topic, limit)
                .<Answer>thenApply(report -> new Done(
                        report.deadLetterTopic(),
                        report.results().stream().map(KafkaRedrive::result).toList(),
                        report.remaining()))
                .exceptionally(thrown -> failed(topic, thrown));
    }

    private static Answer failed(String topic, Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause instanceof Redrive.BusyException) {
            return new Busy();
        }
        if (cause instanceof Redrive.BrokersException) {
            LOG.log(Level.WARNING, cause, () -> "Could not redrive the dead letters of " + topic);
            return new Unavailable();
        }
        throw thrown instanceof CompletionException known ? known : new CompletionException(thrown);
    }

    private static Result result(Redrive.Result result) {
        return new Result(
                result.partition(),
                result.offset(),
                result.originalPartition().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                result.originalOffset().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                result.handling().outcome().label(),
                detail(result.handling()),
                recipients(result.handling()));
    }

    private static Optional<String> detail(Handling handling) {
        return handling instanceof Rejected rejected ? Optional.of(rejected.detail()) : Optional.empty();
    }

    private static OptionalInt recipients(Handling handling) {
        return handling instanceof Delivered delivered ? OptionalInt.of(delivered.recipients()) : OptionalInt.empty();
    }
}
