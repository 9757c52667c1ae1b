package app.realtime.bench.load;

import java.nio.ByteBuffer;

/** What happens to clients. Called on the loop's thread. */
public interface Traffic {

    Traffic NONE = new Traffic() {};

    /** The client is connected to the namespace. */
    default void connected(Client client) {}

    /** An event has come: the text of its packet is in the buffer from one index to the other, exclusive. */
    default void event(Client client, ByteBuffer buffer, int from, int to) {}

    default void acknowledged(Client client) {}

    /** The connection has ended; called once. */
    default void ended(Client client, String why) {}
}
