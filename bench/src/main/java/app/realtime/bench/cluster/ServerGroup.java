package app.realtime.bench.cluster;

import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.RedisServer;
import app.realtime.bench.server.Server;
import app.realtime.bench.server.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Instances that run, with the Redis that they share. Used by one thread. */
final class ServerGroup implements AutoCloseable {

    private final int size;
    private final List<Server> servers = new ArrayList<>();
    private final Optional<RedisServer> redis;

    /** @param size how many instances share a Redis; 0 for one without */
    ServerGroup(int size, Launcher launcher, Path work) {
        this.size = size;
        this.redis = size == 0 ? Optional.empty() : Optional.of(RedisServer.start(work));
        boolean complete = false;
        try {
            Launcher starting = redis.map(shared -> launcher.withEnvironment(Map.of("REDIS_URL", shared.url())))
                    .orElse(launcher);
            for (int i = 0; i < Math.max(1, size); i++) {
                servers.add(starting.start(ServerKind.SERVICE));
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    int size() {
        return size;
    }

    List<Server> servers() {
        return List.copyOf(servers);
    }

    Optional<RedisServer> redis() {
        return redis;
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
        redis.ifPresent(RedisServer::close);
    }
}
