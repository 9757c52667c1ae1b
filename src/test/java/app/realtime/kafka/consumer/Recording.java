package app.realtime.kafka.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what an observer is told. Thread-safe. */
final class Recording implements FeedObserver {

    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return told;
    }

    @Override
    public void record(String topic, int partition, Outcome outcome, Duration sinceTimestamp) {
        told.add(topic + '-' + partition + ' ' + outcome.label());
    }

    @Override
    public void assigned(String topic, int partition) {
        told.add(topic + '-' + partition + " assigned");
    }

    @Override
    public void revoked(String topic, int partition) {
        told.add(topic + '-' + partition + " revoked");
    }

    @Override
    public void reconnected() {
        told.add("reconnected");
    }
}
