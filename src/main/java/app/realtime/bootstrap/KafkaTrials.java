package app.realtime.bootstrap;

import app.realtime.api.RecordSender;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.KafkaSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** Fits the trial records of Kafka into the port of the HTTP API. Thread-safe, as the feed is. */
final class KafkaTrials implements RecordSender {

    private final KafkaFeed feed;
    private final Set<String> topics;

    KafkaTrials(KafkaFeed feed, KafkaSettings settings) {
        this.feed = feed;
        topics =
                settings.brokers().isPresent() ? new TreeSet<>(settings.routes().topics()) : Set.of();
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public CompletionStage<Optional<Place>> send(String topic, Optional<String> key, String value) {
        return feed.produce(topic, key, value)
                .thenApply(taken -> taken.map(record -> new Place(record.partition(), record.offset())));
    }
}
