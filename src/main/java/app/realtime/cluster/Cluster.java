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
 * @param sharded whether they speak on sharded channels
 */
public record Cluster(Optional<Bus> bus, boolean sharded) {

    /** Makes the adapter of a namespace, given its name. */
    public Function<String, Adapter> adapters(ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        return bus.<Function<String, Adapter>>map(between -> namespace ->
                        adapter(namespace, between, timer, observer).open())
                .orElse(namespace -> new LocalAdapter());
    }

    private ClusterAdapter adapter(
            String namespace, Bus between, ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        return sharded
                ? ClusterAdapter.sharded(namespace, between, timer, observer)
                : ClusterAdapter.classic(namespace, between, timer, observer);
    }

    /** Whether there should be others, and they cannot be reached. */
    public boolean isCutOff() {
        return bus.isPresent() && !bus.get().isConnected();
    }
}
