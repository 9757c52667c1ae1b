package app.realtime.socketio.adapter;

/** Waits for the acknowledgements of all recipients of a broadcast, on all instances. Thread-safe; does not block. */
public interface AnswerCollector extends AnswerListener {

    /** One instance, this one or another, has sent the event to so many sockets. Once for each instance. */
    void expect(int clients);
}
