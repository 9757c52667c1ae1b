package app.realtime.cluster.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.util.concurrent.TimeUnit;

/** The threads of one client. Stateless. */
final class RedisThreads {

    private static final int THREADS = 2;

    private RedisThreads() {}

    static ClientResources few() {
        return DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
    }

    static void end(ClientResources resources) {
        resources.shutdown(0, RedisConnector.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
