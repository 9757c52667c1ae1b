package app.realtime.cluster;

import app.realtime.socketio.adapter.Adapter;
import app.realtime.socketio.adapter.LocalAdapter;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * The other instances.
 *
 * @param bus what leads to them; empty: this instance is alone, as configured
 */
public record Cluster(Optional<Bus> bus) {

    /** Makes the adapter of a namespace, given its name. */
    public Function<String, Adapter> adapters(ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        return bus.<Function<String, Adapter>>map(
                        between -> namespace -> new ClusterAdapter(namespace, between, timer, observer).open())
                .orElse(namespace -> new LocalAdapter());
    }

    /** Whether there should be others, and they cannot be reached. */
    public boolean isCutOff() {
        return bus.isPresent() && !bus.get().isConnected();
    }
}
