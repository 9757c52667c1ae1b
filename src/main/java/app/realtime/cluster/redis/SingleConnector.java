package app.realtime.cluster.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One server; with Sentinel the one that is the master at the moment of each connection. Owned by one thread, but for its
 * connections.
 */
final class SingleConnector implements RedisConnector {

    private final ClientResources resources = RedisThreads.few();
    private final RedisClient client = RedisClient.create(resources);
    private final RedisURI uri;

    SingleConnector(URI url, Optional<Path> caFile, boolean sharded) {
        this.uri = RedisConnector.named(RedisURI.create(url));
        if (url.getQuery() != null && url.getQuery().contains("sentinelAuth=true")) {
            uri.getSentinels().forEach(sentinel -> sentinel.setCredentialsProvider(uri.getCredentialsProvider()));
        }
        client.setOptions(RedisConnector.configure(ClientOptions.builder(), caFile, sharded)
                .build());
    }

    @Override
    public RedisConnections connect(Subscriptions listener) {
        return new SingleConnections(client, uri, listener);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, TIMEOUT);
        RedisThreads.end(resources);
    }
}
