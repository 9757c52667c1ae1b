package app.realtime.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.streams.operators.PublisherBuilder;
import org.eclipse.microprofile.reactive.streams.operators.ReactiveStreams;

/**
 * One stream made of many: when a source fails, the next one is made after a while. A source that completes was shut
 * down, and nothing follows it. Owned by the one subscriber of {@link #publisher()}, whose signals follow one another.
 */
final class SupervisedStream {

    private static final Logger LOG = Logger.getLogger(SupervisedStream.class.getName());

    private final String name;
    private final Supplier<PublisherBuilder<? extends Message<?>>> sources;
    private final Backoff backoff;
    private final Function<Duration, CompletionStage<Boolean>> delay;

    private CompletionStage<Boolean> next;

    /**
     * @param name what the log calls it
     * @param ready complete when the first source may be made
     * @param sources makes the next source, or throws
     * @param delay a stage that is complete when the time has passed
     */
    SupervisedStream(
            String name,
            CompletionStage<Boolean> ready,
            Supplier<PublisherBuilder<? extends Message<?>>> sources,
            Backoff backoff,
            Function<Duration, CompletionStage<Boolean>> delay) {
        this.name = name;
        next = ready;
        this.sources = sources;
        this.backoff = backoff;
        this.delay = delay;
    }

    PublisherBuilder<Message<?>> publisher() {
        // flatMap takes the next number when the source before has ended, so at most one source is alive.
        return ReactiveStreams.generate(() -> true).flatMap(again -> source());
    }

    private PublisherBuilder<Message<?>> source() {
        return ReactiveStreams.fromCompletionStage(uncancellable(next))
                .<Message<?>>flatMap(ready -> begin().map(message -> message))
                .onComplete(() -> next = new CompletableFuture<>())
                .onErrorResumeWith(failure -> {
                    failed(failure);
                    return ReactiveStreams.empty();
                });
    }

    /**
     * The same outcome, out of the stream's reach. A stream that is cancelled cancels the stage that it waits for, which
     * other streams may be waiting for too, and prints the exception that comes of it.
     */
    static <T> CompletionStage<T> uncancellable(CompletionStage<T> stage) {
        return stage.toCompletableFuture().minimalCompletionStage();
    }

    private PublisherBuilder<? extends Message<?>> begin() {
        backoff.begin();
        return sources.get();
    }

    private void failed(Throwable failure) {
        Duration wait = backoff.failed();
        LOG.log(
                Level.WARNING,
                failure,
                () -> "The Kafka consumer of channel %s failed; the next one begins in %d s"
                        .formatted(name, wait.toSeconds()));
        next = delay.apply(wait);
    }
}
