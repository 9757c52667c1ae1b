package app.realtime.cluster.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;

/** The open connections of one session to Redis, however many servers that is. Thread-safe. */
interface RedisConnections extends AutoCloseable {

    /** Commands for any key; what names a key or a shard channel goes to the server that has it. */
    RedisClusterAsyncCommands<String, byte[]> commands();

    /** The one server by which all classic messages go out, so that they keep their order. */
    RedisClusterAsyncCommands<String, byte[]> home();

    /** Every server that somebody may have subscribed at. */
    Collection<CompletionStage<RedisClusterAsyncCommands<String, byte[]>>> servers();

    /** What hears classic messages. */
    StatefulRedisPubSubConnection<String, byte[]> listening();

    /**
     * What hears a shard channel.
     *
     * @throws RedisException if nobody has it
     */
    StatefulRedisPubSubConnection<String, byte[]> listeningTo(String shardChannel);

    /** Names of shard channels, beginning as told, so that each server has one of them. */
    List<String> shardChannels(String prefix);

    /**
     * Looks whether the servers are those that they were; may wait for them.
     *
     * @return which slots another server has now, to which connections are open
     * @throws RedisException if these connections are of no more use
     */
    IntPredicate moved();

    boolean isOpen();

    @Override
    void close();
}
