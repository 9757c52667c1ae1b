package app.realtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A bus within this JVM, which carries each message before {@code publish} returns, and keeps it for tests to see. */
public final class MemoryBus implements Bus {

    public record Published(String channel, byte[] message, boolean sharded) {}

    private record Wire(List<MemoryBus> members, List<Published> published) {}

    private final Wire wire;
    private final Map<String, Listener> channels = new ConcurrentHashMap<>();
    private final Map<String, Listener> shardChannels = new ConcurrentHashMap<>();
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
        if (!away) {
            wire.published().add(new Published(channel, message, false));
            wire.members().forEach(member -> member.receive(channel, message));
        }
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
        return count(member -> member.channels.containsKey(channel));
    }

    private CompletionStage<Integer> count(Predicate<MemoryBus> subscribes) {
        return away
                ? CompletableFuture.failedStage(new IllegalStateException("away"))
                : CompletableFuture.completedStage(
                        (int) wire.members().stream().filter(subscribes).count());
    }

    /** Names of sharded channels that this member subscribes to. */
    Set<String> shardChannels() {
        return Set.copyOf(shardChannels.keySet());
    }

    @Override
    public Channels sharded() {
        return new Channels() {
            @Override
            public void publish(String channel, byte[] message) {
                if (!away) {
                    wire.published().add(new Published(channel, message, true));
                    wire.members()
                            .forEach(member -> Optional.ofNullable(member.shardChannels.get(channel))
                                    .ifPresent(listener -> listener.received(channel, message)));
                }
            }

            @Override
            public void subscribe(String channel, Listener listener) {
                shardChannels.put(channel, listener);
            }

            @Override
            public void unsubscribe(String channel) {
                shardChannels.remove(channel);
            }

            @Override
            public CompletionStage<Integer> subscribers(String channel) {
                return count(member -> member.shardChannels.containsKey(channel));
            }
        };
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
