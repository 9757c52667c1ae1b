package app.realtime.kafka;

/** Is told of every record. Called on consumer threads, several at a time; must neither block nor throw. */
@FunctionalInterface
public interface RecordObserver {

    /** @param topic the topic's name; there are four of them, so it is fit for a metric's tag */
    void record(String topic, Outcome outcome);
}
