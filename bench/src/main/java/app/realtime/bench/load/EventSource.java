package app.realtime.bench.load;

/** One way of getting an event to everybody who is connected to a server. Not safe for use by several threads. */
public interface EventSource extends AutoCloseable {

    /** Hands over one event. @param at when it was due, by {@link Deliveries#now} */
    void publish(long at);

    @Override
    void close();
}
