package app.realtime.cluster;

import java.time.Duration;

/** Is told of each broadcast that another instance began and this one has delivered. Thread-safe; does not block. */
@FunctionalInterface
public interface RemoteBroadcastObserver {

    void delivered(int recipients, Duration took);
}
