package app.realtime.cluster.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens connections to Redis, as it is deployed: one server, a master that Sentinel knows, or a Redis Cluster. */
interface RedisConnector extends AutoCloseable {

    Duration TIMEOUT = Duration.ofSeconds(3);
    RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /**
     * Connects, which may take some seconds.
     *
     * @param listener is told of all messages
     */
    RedisConnections connect(Subscriptions listener);

    @Override
    void close();

    /**
     * @param url as in {@code REDIS_URL}
     * @param caFile who may have signed the certificates of the servers; empty: whom the JVM trusts
     * @param sharded whether shard channels are listened to
     */
    static RedisConnector of(URI url, Optional<Path> caFile, boolean sharded) {
        return url.getScheme().endsWith("-cluster")
                ? new ClusterConnector(url, caFile, sharded)
                : new SingleConnector(url, caFile, sharded);
    }

    /** Lettuce's own reconnection is off: whole sessions are replaced. */
    static <B extends ClientOptions.Builder> B configure(B options, Optional<Path> caFile, boolean sharded) {
        caFile.ifPresent(file -> options.sslOptions(SslOptions.builder()
                .jdkSslProvider()
                .trustManager(file.toFile())
                .build()));
        options.autoReconnect(false)
                // With RESP 2 Lettuce takes a message of a shard channel for the answer to a subscription under way.
                .protocolVersion(sharded ? ProtocolVersion.RESP3 : ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(TIMEOUT)
                        .keepAlive(true)
                        .build());
        return options;
    }

    static RedisURI named(RedisURI uri) {
        uri.setTimeout(TIMEOUT);
        uri.setClientName("websocket-service");
        return uri;
    }
}
