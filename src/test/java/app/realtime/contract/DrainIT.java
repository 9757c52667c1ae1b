package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.run.LibertyServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an instance goes out of service, by itself and as one of two in a rolling restart under load. */
class DrainIT {

    private static final Logger LOG = Logger.getLogger(DrainIT.class.getName());
    private static final int CLIENTS = 1000;
    private static final Duration DRAIN = Duration.ofSeconds(15);
    private static final String KEY = "drain-key-4711";

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final List<LibertyServer> servers = new ArrayList<>();
    private String hostPorts = "*:80";
    private int connectionsLost;

    @AfterEach
    void stop() {
        for (LibertyServer server : servers) {
            server.kill();
            assertThat(ServerLog.trouble(server.logText())).isEmpty();
            assertThat(ServerLog.leaks(server.logText(), Secrets.all())).isZero();
        }
    }

    @Test
    void onRequestTakesNobodyNewAndLetsTheOthersGoOneByOne() {
        LibertyServer server = start(0, 0, Duration.ofSeconds(3));
        servers.add(server);
        HttpApi http = new HttpApi(server.uri("/"));
        HttpApi management = new HttpApi(server.managementUri("/"));
        try (SocketClient client = SocketClient.connect(server.uri("/"), SocketClient.transports("polling"))) {
            assertThat(http.post("/api/admin/drain", "").status()).isEqualTo(401);
            Answer answer = http.post("/api/admin/drain", "", "X-API-Key", KEY);
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(answer.json().path("seconds").asInt()).isEqualTo(3);

            assertThat(management.get("/health/ready").status()).isEqualTo(503);
            assertThat(management.get("/health/live").status()).isEqualTo(200);
            Answer refused = http.get("/socket.io/?EIO=4&transport=polling");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(client.next("server_shutdown").path("message").asString())
                    .isNotBlank();
            Answer stats = http.get("/api/stats", "X-API-Key", KEY);
            assertThat(stats.status()).isEqualTo(200);
            assertThat(stats.header("Connection").orElse("")).isEqualToIgnoringCase("close");
            assertThat(client.disconnection()).isEqualTo("transport close");
            assertThat(server.isAlive()).isTrue();
            assertThat(http.post("/api/admin/drain", "", "X-API-Key", KEY).status())
                    .isEqualTo(202);
        }
    }

    @Test
    void aRollingRestartUnderLoadFailsNoRequestAndLosesNoClient() throws Exception {
        try (LoadBalancer balancer = new LoadBalancer()) {
            hostPorts = "*:80,*:" + balancer.port();
            servers.add(start(0, 0, DRAIN));
            servers.add(start(0, 0, DRAIN));
            balancer.serve(servers);
            await().until(() -> balancer.readyServers() == 2);
            try (Crowd crowd = new Crowd(balancer.port());
                    Clients clients = new Clients(crowd);
                    Requests requests = new Requests(balancer.port())) {
                clients.awaitAllConnected(Duration.ofSeconds(60));
                for (int i = 0; i < servers.size(); i++) {
                    restart(i, balancer, clients);
                }
                assertThat(requests.failures()).isEmpty();
                assertThat(requests.done()).isGreaterThan(100);
                assertThat(clients.connectionsMade())
                        .as("each comes once, and once more whenever it has lost its connection")
                        .isEqualTo(CLIENTS + connectionsLost);
            }
        }
    }

    private void restart(int number, LoadBalancer balancer, Clients clients) throws Exception {
        LibertyServer old = servers.get(number);
        int before = connections(old);
        connectionsLost += before;
        long begin = System.nanoTime();
        ProcessHandle.of(old.pid()).orElseThrow().destroy();
        await("the end of a server").atMost(DRAIN.plusSeconds(40)).until(() -> !old.isAlive());
        Duration ended = Duration.ofNanos(System.nanoTime() - begin);
        Duration back = clients.awaitAllConnected(DRAIN).minusNanos(begin);
        LOG.info(() -> "%d clients were back %d ms after SIGTERM, the process ended after %d ms"
                .formatted(before, back.toMillis(), ended.toMillis()));
        assertThat(before).isPositive();
        assertThat(back).isLessThan(DRAIN);
        assertThat(old.onExit().get(1, TimeUnit.SECONDS)).isEqualTo(143);
        LibertyServer other = servers.get(1 - number);
        await("none is there twice").until(() -> connections(other) == CLIENTS);
        servers.set(number, start(old.port(), old.managementPort(), DRAIN));
        balancer.serve(servers);
        await().until(() -> balancer.readyServers() == 2);
        assertThat(ServerLog.trouble(old.logText())).isEmpty();
        // Half of them come to the new one.
        clients.reconnectSome(CLIENTS / 2);
        connectionsLost += CLIENTS / 2;
        clients.awaitAllConnected(Duration.ofSeconds(30));
        await("all are there once").until(() -> connections(servers.get(0)) + connections(servers.get(1)) == CLIENTS);
    }

    private LibertyServer start(int port, int managementPort, Duration drain) {
        return LibertyServer.builder()
                .environment(Map.of(
                        "KAFKA_BROKERS",
                        "",
                        "PUBLIC_HOST_PORTS",
                        hostPorts,
                        "JWT_SECRET",
                        TokenMint.DEFAULT_SECRET,
                        "API_KEYS",
                        KEY,
                        "MAX_CONNECTIONS_PER_IP",
                        "10000",
                        "RATE_LIMIT_MAX_MESSAGES",
                        "10000",
                        "DRAIN_SECONDS",
                        Long.toString(drain.toSeconds())))
                .ports(port, managementPort)
                .start();
    }

    private static int connections(LibertyServer server) {
        return new HttpApi(server.uri("/"))
                .get("/api/stats?rooms=0", "X-API-Key", KEY)
                .json()
                .path("stats")
                .path("totalConnections")
                .asInt();
    }

    /** Clients that come back by themselves, half a second to one and a half after they were sent away, as usual. */
    private final class Clients implements AutoCloseable {

        private final Crowd crowd;
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);
        private final AtomicInteger connected = new AtomicInteger();
        private final AtomicInteger made = new AtomicInteger();
        private final List<CrowdMember> members = new CopyOnWriteArrayList<>();
        private volatile long lastConnectedAt;
        private volatile boolean closed;

        Clients(Crowd crowd) {
            this.crowd = crowd;
            String token = tokens.user("crowd");
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> connect(token));
            }
        }

        private void connect(String token) {
            CrowdMember member;
            try {
                member = crowd.join(token, 0, (self, packet) -> {}, "survey:drain");
            } catch (RuntimeException | AssertionError e) {
                again(token);
                return;
            }
            members.add(member);
            made.incrementAndGet();
            lastConnectedAt = System.nanoTime();
            connected.incrementAndGet();
            member.onEnd(() -> {
                members.remove(member);
                connected.decrementAndGet();
                again(token);
            });
        }

        private void again(String token) {
            if (!closed) {
                long wait = 500 + ThreadLocalRandom.current().nextLong(1000);
                threads.schedule(() -> connect(token), wait, TimeUnit.MILLISECONDS);
            }
        }

        /** @return when the last one came, by the JVM's clock */
        Duration awaitAllConnected(Duration time) {
            await("all clients").atMost(time).until(() -> connected.get() == CLIENTS);
            return Duration.ofNanos(lastConnectedAt);
        }

        void reconnectSome(int number) {
            members.subList(0, number).forEach(CrowdMember::breakOff);
        }

        int connectionsMade() {
            return made.get();
        }

        @Override
        public void close() {
            closed = true;
            threads.shutdownNow();
        }
    }

    /** What an app server does all the time: it publishes, on connections that are kept. */
    private static final class Requests implements AutoCloseable {

        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger done = new AtomicInteger();
        private final HttpApi http;

        Requests(int port) {
            http = new HttpApi(URI.create("http://localhost:" + port + "/"));
            for (int i = 0; i < 4; i++) {
                threads.scheduleWithFixedDelay(this::request, 0, 50, TimeUnit.MILLISECONDS);
            }
        }

        private void request() {
            try {
                Answer answer =
                        http.post("/api/broadcast/user", "{\"userId\":\"nobody\",\"event\":\"e\"}", "X-API-Key", KEY);
                if (answer.status() == 200) {
                    done.incrementAndGet();
                } else {
                    failures.add(answer.toString());
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        }

        int done() {
            return done.get();
        }

        List<String> failures() {
            return failures;
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
