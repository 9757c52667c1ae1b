package app.realtime.bootstrap;

import app.realtime.cluster.Bus;
import app.realtime.cluster.Cluster;
import app.realtime.cluster.ClusterSettings;
import app.realtime.cluster.redis.RedisBus;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;

/** The way to the other instances, where one is configured. */
@ApplicationScoped
class ClusterProducer {

    /** Not virtual: one thread, for as long as the application runs. */
    @Resource(lookup = RealtimeProducer.PLATFORM_THREADS)
    private ManagedThreadFactory threads;

    @Produces
    @Singleton
    Cluster cluster(ClusterSettings settings) {
        return new Cluster(settings.redisUrl().map(url -> open(url, settings)), settings.sharded());
    }

    private Bus open(URI url, ClusterSettings settings) {
        return new RedisBus(url, settings.redisCaFile(), settings.sharded(), threads).start();
    }

    static void leave(@Disposes Cluster cluster) {
        cluster.bus().ifPresent(Bus::close);
    }
}
