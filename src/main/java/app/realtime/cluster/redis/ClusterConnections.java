package app.realtime.cluster.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Connections to the masters of a Redis Cluster. Classic messages go by one of them alone, shard channels by the one that
 * has their slot.
 *
 * <p>Thread-safe: who has which slot is replaced as a whole, by the thread that calls {@link #moved}.
 */
final class ClusterConnections implements RedisConnections {

    private static final Logger LOG = Logger.getLogger(ClusterConnections.class.getName());

    private final RedisClusterClient client;
    private final Subscriptions listener;
    private final boolean sharded;
    private final StatefulRedisClusterConnection<String, byte[]> publishing;
    private final StatefulRedisClusterPubSubConnection<String, byte[]> listening;
    /** By the ids of masters, as the next. */
    private final Map<String, StatefulRedisPubSubConnection<String, byte[]>> listeners = new ConcurrentHashMap<>();

    private final Map<String, StatefulRedisConnection<String, byte[]>> publishers = new ConcurrentHashMap<>();
    private final String home;
    private volatile Map<Integer, String> owners;

    ClusterConnections(RedisClusterClient client, Subscriptions listener, boolean sharded) {
        this.client = client;
        this.listener = listener;
        this.sharded = sharded;
        this.owners = owners(client.getPartitions());
        this.publishing = client.connect(RedisConnector.CODEC);
        boolean complete = false;
        try {
            this.listening = client.connectPubSub(RedisConnector.CODEC);
            complete = true;
        } finally {
            if (!complete) {
                publishing.close();
            }
        }
        complete = false;
        try {
            this.home = chooseHome();
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private static Map<Integer, String> owners(Partitions partitions) {
        Map<Integer, String> owners = new HashMap<>();
        for (RedisClusterNode node : partitions) {
            if (node.is(NodeFlag.UPSTREAM)) {
                node.getSlots().forEach(slot -> owners.put(slot, node.getNodeId()));
            }
        }
        return Map.copyOf(owners);
    }

    /** Not the same for all instances, and one that answers; with shard channels all have to. */
    private String chooseHome() {
        List<String> candidates = new ArrayList<>(new HashSet<>(owners.values()));
        Collections.shuffle(candidates);
        Optional<String> answering = Optional.empty();
        RedisException refusal = new RedisException("No server of the Redis Cluster has a slot");
        for (String node : candidates) {
            if (answering.isPresent() && !sharded) {
                openLater(node);
                continue;
            }
            try {
                open(node);
                answering = answering.or(() -> Optional.of(node));
            } catch (RedisException e) {
                if (sharded) {
                    throw e;
                }
                refusal = e;
            }
        }
        RedisException none = refusal;
        return answering.orElseThrow(() -> none);
    }

    private void open(String node) {
        RedisURI uri = client.getPartitions().getPartitionByNodeId(node).getUri();
        StatefulRedisPubSubConnection<String, byte[]> opened = listening.getConnection(uri.getHost(), uri.getPort());
        opened.addListener(listener);
        listeners.put(node, opened);
        publishers.put(node, publishing.getConnection(uri.getHost(), uri.getPort()));
    }

    /** Lettuce refuses commands for a server as long as it connects to it, so it does in advance. */
    private void openLater(String node) {
        RedisURI uri = client.getPartitions().getPartitionByNodeId(node).getUri();
        publishing.getConnectionAsync(uri.getHost(), uri.getPort()).whenComplete((opened, failure) -> {
            if (failure == null) {
                publishers.put(node, opened);
            } else {
                LOG.log(Level.FINE, "A server of the Redis Cluster cannot be reached", failure);
            }
        });
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> commands() {
        return publishing.async();
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> home() {
        return publishers.get(home).async();
    }

    /** Replicas as well: clients of other kinds subscribe there. */
    @Override
    public Collection<CompletionStage<RedisClusterAsyncCommands<String, byte[]>>> servers() {
        List<CompletionStage<RedisClusterAsyncCommands<String, byte[]>>> servers = new ArrayList<>();
        for (RedisClusterNode node : publishing.getPartitions()) {
            if (!node.is(NodeFlag.FAIL) && !node.is(NodeFlag.NOADDR) && !node.is(NodeFlag.HANDSHAKE)) {
                servers.add(publishing.getConnectionAsync(node.getNodeId()).thenApply(open -> open.async()));
            }
        }
        return servers;
    }

    @Override
    public StatefulRedisPubSubConnection<String, byte[]> listening() {
        return listeners.get(home);
    }

    @Override
    public StatefulRedisPubSubConnection<String, byte[]> listeningTo(String shardChannel) {
        String owner = owners.get(SlotHash.getSlot(shardChannel));
        if (owner == null || !listeners.containsKey(owner)) {
            throw new RedisException("No server of the Redis Cluster has the slot of a channel");
        }
        return listeners.get(owner);
    }

    @Override
    public List<String> shardChannels(String prefix) {
        if (!sharded) {
            return List.of();
        }
        Map<Integer, String> current = owners;
        Set<String> missing = new HashSet<>(current.values());
        List<String> channels = new ArrayList<>();
        for (int i = 0; !missing.isEmpty(); i++) {
            String channel = prefix + i;
            if (missing.remove(current.get(SlotHash.getSlot(channel)))) {
                channels.add(channel);
            }
        }
        return channels;
    }

    @Override
    public IntPredicate moved() {
        Map<Integer, String> before = owners;
        Map<Integer, String> now = owners(ClusterPartitionParser.parse(topology()));
        if (now.equals(before)) {
            return slot -> false;
        }
        if (!now.containsValue(home)) {
            throw new RedisException("The server of the Redis Cluster has no slots any more");
        }
        client.refreshPartitions();
        Set<String> masters = new HashSet<>(now.values());
        listeners.keySet().retainAll(masters);
        publishers.keySet().retainAll(masters);
        masters.removeAll(publishers.keySet());
        masters.forEach(sharded ? this::open : this::openLater);
        owners = now;
        return slot -> !Objects.equals(before.get(slot), now.get(slot));
    }

    private String topology() {
        try {
            return home().clusterNodes().get(RedisConnector.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("Interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisException("The Redis Cluster does not say who has which slot", e);
        }
    }

    @Override
    public boolean isOpen() {
        return publishers.values().stream().allMatch(StatefulRedisConnection::isOpen)
                && listeners.values().stream().allMatch(StatefulRedisPubSubConnection::isOpen);
    }

    @Override
    public void close() {
        publishing.close();
        listening.close();
    }
}
