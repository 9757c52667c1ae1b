package app.realtime.bootstrap;

import app.realtime.cluster.Bus;
import app.realtime.cluster.Cluster;
import app.realtime.cluster.ClusterSettings;
import app.realtime.cluster.members.InstanceSettings;
import app.realtime.cluster.members.Member;
import app.realtime.cluster.members.Members;
import app.realtime.cluster.members.RoomCensus;
import app.realtime.cluster.redis.RedisBus;
import app.realtime.cluster.redis.RedisCounts;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.SessionIds;
import app.realtime.engineio.servlet.Relay;
import app.realtime.engineio.servlet.SessionOwners;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.limits.SharedCounts;
import app.realtime.rooms.RoomsElsewhere;
import app.realtime.socketio.SocketServer;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Logger;

/** The way to the other instances, where one is configured, and what goes by it beside events. */
@ApplicationScoped
class ClusterProducer {

    private static final Logger LOG = Logger.getLogger(ClusterProducer.class.getName());

    /** Not virtual: one thread, for as long as the application runs. */
    @Resource(lookup = RealtimeProducer.PLATFORM_THREADS)
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService executor;

    @Produces
    @Singleton
    Optional<RedisBus> redis(ClusterSettings settings) {
        return settings.redisUrl()
                .map(url -> new RedisBus(url, settings.redisCaFile(), settings.sharded(), threads).start());
    }

    static void leave(@Disposes Optional<RedisBus> redis) {
        redis.ifPresent(Bus::close);
    }

    @Produces
    @Singleton
    Cluster cluster(ClusterSettings settings, Optional<RedisBus> redis) {
        return new Cluster(redis.map(bus -> bus), settings.sharded());
    }

    @Produces
    @Singleton
    Optional<Members> members(Optional<RedisBus> redis, InstanceSettings settings, ScheduledExecutorService timer) {
        return redis.map(bus -> new Members(self(settings), bus, timer, executor).open());
    }

    static void sayGoodbye(@Disposes Optional<Members> members) {
        members.ifPresent(Members::close);
    }

    private static Member self(InstanceSettings settings) {
        try {
            InetAddress host = InetAddress.getLocalHost();
            InetAddress address = settings.address().orElse(host);
            if (address.isLoopbackAddress()) {
                LOG.warning(
                        () -> "Other instances are told that this one is at " + address.getHostAddress()
                                + ", which leads only from this host to it. Set INSTANCE_ADDRESS if there are others elsewhere");
            }
            return Member.starting(host.getHostName(), address.getHostAddress(), settings.managementPort());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("The address of this host is not known; set INSTANCE_ADDRESS", e);
        }
    }

    @Produces
    @Singleton
    Optional<SharedCounts> counts(Optional<RedisBus> redis, Optional<Members> members) {
        return redis.map(bus -> new RedisCounts(
                bus,
                members.orElseThrow().self().id(),
                () -> members.get().others().stream().map(Member::id).toList()));
    }

    @Produces
    @Singleton
    SessionIds sessionIds(Optional<Members> members) {
        return new SessionIds(members.map(known -> known.self().id()).orElse(""));
    }

    @Produces
    @Singleton
    Optional<Relay> relay(SessionIds ids, Optional<Members> members, EngineServer engine, WebSocketEdge webSockets) {
        return members.map(known -> new Relay(
                id -> ids.otherOwner(id).flatMap(known::other).flatMap(ClusterProducer::owner),
                engine,
                webSockets,
                executor));
    }

    /** Members say literal addresses: nothing is looked up. */
    private static Optional<SessionOwners.Owner> owner(Member member) {
        InetSocketAddress address = new InetSocketAddress(member.host(), member.port());
        return address.isUnresolved() ? Optional.empty() : Optional.of(new SessionOwners.Owner(address, member.key()));
    }

    @Produces
    @Singleton
    RoomsElsewhere roomsElsewhere(Optional<Members> members, SocketServer sockets) {
        return members.<RoomsElsewhere>map(
                        known -> new RoomCensus(known, sockets.of("/").adapter()::size)::elsewhere)
                .orElse(rooms -> CompletableFuture.completedStage(Map.of()));
    }
}
