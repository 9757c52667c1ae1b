package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SupervisedStreamTest {

    @Test
    void aStreamThatIsCancelledNeitherCancelsNorFailsWhatOthersWaitFor() {
        CompletableFuture<Boolean> shared = new CompletableFuture<>();
        CompletionStage<Boolean> stage = SupervisedStream.uncancellable(shared);
        AtomicReference<Object> outcome = new AtomicReference<>();
        stage.whenComplete((value, failure) -> outcome.set(failure == null ? value : failure));

        // What a stream does with its stage when it is cancelled.
        stage.toCompletableFuture().cancel(false);

        assertThat(outcome).hasNullValue();
        shared.complete(true);
        assertThat(outcome).hasValue(true);
    }
}
