package app.realtime.cluster.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;

/** Two connections to one server, one that publishes and one that listens. Thread-safe: Lettuce's connections are. */
final class SingleConnections implements RedisConnections {

    private final StatefulRedisConnection<String, byte[]> publishing;
    private final StatefulRedisPubSubConnection<String, byte[]> listening;

    SingleConnections(RedisClient client, RedisURI uri, Subscriptions listener) {
        this.publishing = client.connect(RedisConnector.CODEC, uri);
        boolean complete = false;
        try {
            this.listening = client.connectPubSub(RedisConnector.CODEC, uri);
            complete = true;
        } finally {
            if (!complete) {
                publishing.close();
            }
        }
        listening.addListener(listener);
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> commands() {
        return publishing.async();
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> home() {
        return publishing.async();
    }

    @Override
    public Collection<CompletionStage<RedisClusterAsyncCommands<String, byte[]>>> servers() {
        return List.of(CompletableFuture.completedStage(publishing.async()));
    }

    @Override
    public StatefulRedisPubSubConnection<String, byte[]> listening() {
        return listening;
    }

    @Override
    public StatefulRedisPubSubConnection<String, byte[]> listeningTo(String shardChannel) {
        return listening;
    }

    /** It is watched by classic messages already. */
    @Override
    public List<String> shardChannels(String prefix) {
        return List.of();
    }

    @Override
    public IntPredicate moved() {
        return slot -> false;
    }

    @Override
    public boolean isOpen() {
        return publishing.isOpen() && listening.isOpen();
    }

    @Override
    public void close() {
        publishing.close();
        listening.close();
    }
}
