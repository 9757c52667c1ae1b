package app.realtime.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Redis Cluster of its own on this machine, with three masters. Safe to use from any thread. */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final Duration READY = Duration.ofSeconds(30);

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /** @param replicas of each master */
    public static RedisCluster running(int replicas, String... options) {
        RedisCluster cluster = new RedisCluster();
        boolean complete = false;
        try {
            cluster.start(replicas, options);
            complete = true;
        } finally {
            if (!complete) {
                cluster.close();
            }
        }
        return cluster;
    }

    private void start(int replicas, String... options) {
        int count = MASTERS * (1 + replicas);
        for (int busPort : Ports.free(count)) {
            List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
            all.addAll(List.of("--cluster-port", Integer.toString(busPort), "--cluster-node-timeout", "2000"));
            all.addAll(List.of("--repl-diskless-sync-delay", "0"));
            all.addAll(Arrays.asList(options));
            servers.add(RedisServer.running(all.toArray(String[]::new)));
        }
        List<String> create = new ArrayList<>(servers.get(0).cliOptions());
        create.addAll(List.of("--cluster", "create"));
        servers.forEach(server -> create.add(server.address()));
        create.addAll(List.of("--cluster-replicas", Integer.toString(replicas), "--cluster-yes"));
        RedisCli.run(create.toArray(String[]::new));
        awaitOk();
    }

    /** Waits until every server says that all slots are served, and every replica has what its master has. */
    private void awaitOk() {
        Await.until(
                "the Redis Cluster",
                READY,
                () -> running()
                        .allMatch(server -> cli(server, "cluster", "info").contains("cluster_state:ok")),
                () -> true,
                () -> running().map(server -> cli(server, "cluster", "nodes")).collect(Collectors.joining("\n")));
    }

    private static boolean isReady(RedisServer server) {
        return cli(server, "cluster", "info").contains("cluster_state:ok")
                && !cli(server, "info", "replication").contains("master_link_status:down");
    }

    private Stream<RedisServer> running() {
        return servers.stream().filter(server -> Ports.answers(server.port()));
    }

    /** The server with this slot. */
    public RedisServer masterOf(int slot) {
        String[] fields = running()
                .map(server -> cli(server, "cluster", "nodes"))
                .findFirst()
                .orElseThrow()
                .lines()
                .filter(line -> line.contains("master") && !line.contains("fail"))
                .filter(line -> servesSlot(line, slot))
                .findFirst()
                .orElseThrow()
                .split(" ");
        int port = Integer.parseInt(fields[1].replaceFirst(".*:(\\d+)@.*", "$1"));
        return servers.stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private static boolean servesSlot(String line, int slot) {
        return Arrays.stream(line.split(" ")).skip(8).anyMatch(range -> {
            String[] ends = range.split("-");
            return range.matches("\\d+(-\\d+)?")
                    && Integer.parseInt(ends[0]) <= slot
                    && slot <= Integer.parseInt(ends[ends.length - 1]);
        });
    }

    /** Moves some slots of one master to another. */
    public void move(int slots, RedisServer from, RedisServer to) {
        RedisCli.run(
                "--cluster",
                "reshard",
                from.address(),
                "--cluster-from",
                id(from),
                "--cluster-to",
                id(to),
                "--cluster-slots",
                Integer.toString(slots),
                "--cluster-yes");
    }

    private static String id(RedisServer server) {
        return cli(server, "cluster", "myid").strip();
    }

    /** What a server answers to a command. */
    public static String cli(RedisServer server, String... command) {
        List<String> all = new ArrayList<>(server.cliOptions());
        all.addAll(List.of(command));
        return RedisCli.run(all.toArray(String[]::new));
    }

    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /** Names two of the servers. */
    public String url() {
        String scheme = servers.get(0).url().replaceFirst(":.*", "-cluster://");
        return scheme + servers.get(0).address() + ',' + servers.get(1).address();
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
