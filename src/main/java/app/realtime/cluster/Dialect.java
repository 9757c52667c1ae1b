package app.realtime.cluster;

import app.realtime.socketio.adapter.RoomListener;
import java.util.concurrent.CompletionStage;

/**
 * How the messages of one namespace are laid out on channels and written there, so that the reference's servers understand
 * them. Is told of rooms that come and go here, because a room may have a channel of its own. Thread-safe; nothing waits.
 */
interface Dialect extends RoomListener {

    /** Is told what other instances say, one message at a time where they came by one connection. */
    interface Receiver {

        /** Whether anybody here would hear a broadcast to this room. */
        boolean isSomebodyIn(String room);

        void received(ClusterMessage message);
    }

    /** This instance's name among the others. */
    String uid();

    /** Begins to listen. */
    void open(Receiver receiver);

    /** Says something to all others. */
    void tell(ClusterMessage message);

    /** Answers the one who has asked. */
    void reply(ClusterMessage.QuestionId to, ClusterMessage.Answer answer);

    /** How many instances listen, this one included; fails when the bus is away. */
    CompletionStage<Integer> instances();

    /** Listens no more. */
    void close();
}
