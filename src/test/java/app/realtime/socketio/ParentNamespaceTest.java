package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Namespaces that come and go with their clients. */
class ParentNamespaceTest extends OnTestServer {

    private static final Pattern TENANTS = Pattern.compile("/tenant-\\d+");

    private TestClient connect(String namespace) {
        TestClient client = server.open();
        client.send("0" + namespace + ",");
        client.expectPrefix("0" + namespace + ",{\"sid\"");
        return client;
    }

    @Test
    void makesAChildForTheFirstClientAndForgetsItAfterTheLast() {
        List<String> seen = new CopyOnWriteArrayList<>();
        ParentNamespace tenants = server.sockets()
                .of(TENANTS)
                .use(socket -> seen.add("check " + socket.namespace().name()))
                .onConnection(
                        socket -> seen.add("connected " + socket.namespace().name()));
        TestClient one = connect("/tenant-1");
        TestClient two = connect("/tenant-1");
        assertThat(seen)
                .containsExactly("check /tenant-1", "connected /tenant-1", "check /tenant-1", "connected /tenant-1");
        assertThat(tenants.children()).extracting(Namespace::name).containsExactly("/tenant-1");
        one.send("1/tenant-1,");
        assertThat(tenants.children()).hasSize(1);
        two.vanish();
        assertThat(tenants.children()).isEmpty();
        connect("/tenant-1");
        assertThat(tenants.children()).hasSize(1);
    }

    @Test
    void wantsTheWholeNameToMatch() {
        server.sockets().of(TENANTS);
        TestClient client = server.open();
        client.send("0/tenant-1/admin,");
        client.expect("4/tenant-1/admin,{\"message\":\"Invalid namespace\"}");
        client.send("0/my/tenant-1,");
        client.expect("4/my/tenant-1,{\"message\":\"Invalid namespace\"}");
        assertThat(server.refused).containsExactly("invalid_namespace", "invalid_namespace");
    }

    @Test
    void asksARuleForEveryClient() {
        server.sockets().of((name, auth) -> auth.path("key").asString().equals(name));
        TestClient client = server.open();
        client.send("0/secret,{\"key\":\"/secret\"}");
        client.expectPrefix("0/secret,{");
        TestClient other = server.open();
        other.send("0/secret,{\"key\":\"guess\"}");
        other.expect("4/secret,{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void survivesARuleThatFails() {
        server.sockets().of((name, auth) -> {
            throw new IllegalStateException("a bug in a rule");
        });
        TestClient client = server.open();
        client.send("0/a,");
        client.expect("4/a,{\"message\":\"Invalid namespace\"}");
        assertThat(server.refused).containsExactly("internal_error");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void asksNoRuleAboutANameOfAnyLength() {
        server.sockets().of((name, auth) -> true);
        TestClient client = server.open();
        String name = "/a?" + "b".repeat(5000);
        client.send("0" + name + ",");
        client.expect("4" + name + ",{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void broadcastsToAllChildren() {
        ParentNamespace tenants = server.sockets().of(TENANTS);
        tenants.onConnection(socket -> socket.join("room"));
        TestClient one = connect("/tenant-1");
        TestClient two = connect("/tenant-2");
        server.connect();
        assertThat(tenants.emit("all")).isEqualTo(2);
        assertThat(tenants.to("room").emit("room")).isEqualTo(2);
        one.expect("2/tenant-1,[\"room\"]");
        two.expect("2/tenant-2,[\"room\"]");
        CompletableFuture<Answers> answers =
                tenants.timeout(Duration.ofMinutes(5)).request("ask").toCompletableFuture();
        one.expect("2/tenant-1,0[\"ask\"]");
        two.expect("2/tenant-2,0[\"ask\"]");
        one.send("3/tenant-1,0[]");
        assertThat(answers).isNotDone();
        two.send("3/tenant-2,0[]");
        assertThat(result(answers).complete()).isTrue();
        assertThat(result(tenants.fetchSockets())).hasSize(2);
    }

    @Test
    void boundsTheNumberOfChildren() {
        try (TestServer bounded = new TestServer(SocketOptions.DEFAULTS.withMaxDynamicNamespaces(2))) {
            bounded.sockets().of(TENANTS);
            TestClient client = bounded.open();
            client.send("0/tenant-1,");
            client.send("0/tenant-2,");
            client.send("0/tenant-3,");
            client.expect("4/tenant-3,{\"message\":\"Invalid namespace\"}");
            assertThat(bounded.refused).containsExactly("too_many_namespaces");
            client.send("1/tenant-1,");
            client.send("0/tenant-3,");
            client.expectPrefix("0/tenant-3,{");
            bounded.sockets().of("/tenant-3");
            client.send("0/tenant-1,");
            client.expectPrefix("0/tenant-1,{");
        }
    }

    @Test
    void keepsAChildThatTheApplicationNames() {
        ParentNamespace tenants = server.sockets().of(TENANTS);
        List<String> seen = new CopyOnWriteArrayList<>();
        tenants.onConnection(socket -> seen.add("parent's"));
        Namespace named = server.sockets().of("/tenant-7").onConnection(socket -> seen.add("own"));
        connect("/tenant-7").vanish();
        assertThat(seen).containsExactly("parent's", "own");
        assertThat(tenants.children()).containsExactly(named);
        assertThat(server.sockets().of("/tenant-7")).isSameAs(named);
    }

    @Test
    void forgetsAChildThatNobodyWasLetInto() {
        ParentNamespace tenants = server.sockets().of(TENANTS).use(socket -> {
            throw new ConnectRefusedException("No");
        });
        TestClient client = server.open();
        client.send("0/tenant-1,");
        client.expect("4/tenant-1,{\"message\":\"No\"}");
        assertThat(tenants.children()).isEmpty();
    }

    @RepeatedTest(20)
    void losesNoClientWhileOthersComeAndGo() throws Exception {
        ParentNamespace tenants = server.sockets().of(TENANTS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    TestClient client = server.open();
                    client.send("0/tenant-1,");
                    client.vanish();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(tenants.children()).isEmpty();
        assertThat(server.refused).isEmpty();
        TestClient last = connect("/tenant-1");
        assertThat(tenants.emit("still there")).isEqualTo(1);
        last.expect("2/tenant-1,[\"still there\"]");
        await().until(() -> server.connected.get() - server.disconnected.size() == 1);
    }
}
