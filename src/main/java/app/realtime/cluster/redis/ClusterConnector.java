package app.realtime.cluster.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A Redis Cluster, whose servers are asked for each session. Owned by one thread, but for its connections. */
final class ClusterConnector implements RedisConnector {

    private final ClientResources resources = RedisThreads.few();
    private final RedisClusterClient client;
    private final boolean sharded;

    ClusterConnector(URI url, Optional<Path> caFile, boolean sharded) {
        this.sharded = sharded;
        URI seeds = URI.create(url.toString().replaceFirst("-cluster:", ":"));
        List<RedisURI> uris = RedisClusterURIUtil.toRedisURIs(seeds);
        uris.forEach(RedisConnector::named);
        this.client = RedisClusterClient.create(resources, uris);
        client.setOptions(RedisConnector.configure(ClusterClientOptions.builder(), caFile, sharded)
                .build());
    }

    @Override
    public RedisConnections connect(Subscriptions listener) {
        client.refreshPartitions();
        return new ClusterConnections(client, listener, sharded);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, TIMEOUT);
        RedisThreads.end(resources);
    }
}
