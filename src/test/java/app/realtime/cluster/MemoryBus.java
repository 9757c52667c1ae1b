package app.realtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bus within this JVM, which carries each message before {@code publish} returns, and keeps it for tests to see. */
public final class MemoryBus implements Bus {

    public record Published(String channel, byte[] message) {}

    private record Wire(List<MemoryBus> members, List<Published> published) {}

    private final Wire wire;
    private final Map<String, Listener> channels = new ConcurrentHashMap<>();
    private final Map<String, Listener> prefixes = new ConcurrentHashMap<>();
    public volatile boolean away;

    public MemoryBus() {
        this(new Wire(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>()));
    }

    private MemoryBus(Wire wire) {
        this.wire = wire;
        wire.members().add(this);
    }

    /** Another instance's way to the same bus. */
    public MemoryBus another() {
        return new MemoryBus(wire);
    }

    public List<Published> published() {
        return List.copyOf(wire.published());
    }

    @Override
    public void publish(String channel, byte[] message) {
        if (away) {
            return;
        }
        wire.published().add(new Published(channel, message));
        wire.members().forEach(member -> member.receive(channel, message));
    }

    private void receive(String channel, byte[] message) {
        List<Listener> told = new ArrayList<>();
        prefixes.forEach((prefix, listener) -> {
            if (channel.startsWith(prefix)) {
                told.add(listener);
            }
        });
        if (channels.containsKey(channel)) {
            told.add(channels.get(channel));
        }
        told.forEach(listener -> listener.received(channel, message));
    }

    @Override
    public void subscribe(String channel, Listener listener) {
        channels.put(channel, listener);
    }

    @Override
    public void subscribeToPrefix(String prefix, Listener listener) {
        prefixes.put(prefix, listener);
    }

    @Override
    public void unsubscribe(String channelOrPrefix) {
        channels.remove(channelOrPrefix);
        prefixes.remove(channelOrPrefix);
    }

    @Override
    public CompletionStage<Integer> subscribers(String channel) {
        return away
                ? CompletableFuture.failedStage(new IllegalStateException("away"))
                : CompletableFuture.completedStage((int) wire.members().stream()
                        .filter(member -> member.channels.containsKey(channel))
                        .count());
    }

    @Override
    public boolean isConnected() {
        return !away;
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public void close() {
        wire.members().remove(this);
    }
}
