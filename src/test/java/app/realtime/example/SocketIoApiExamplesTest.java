package app.realtime.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.Answers;
import app.realtime.socketio.Broadcast;
import app.realtime.socketio.ConnectRefusedException;
import app.realtime.socketio.Namespace;
import app.realtime.socketio.ParentNamespace;
import app.realtime.socketio.Socket;
import app.realtime.socketio.SocketServer;
import app.realtime.socketio.TestServer;
import app.realtime.socketio.TestServer.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples of docs/socketio-api.md, each run. What stands between {@code // example} and {@code // end} is in that
 * page, which {@link SocketIoApiPageTest} checks.
 */
@Timeout(60)
class SocketIoApiExamplesTest {

    private final TestServer server = new TestServer();
    private final SocketServer io = server.sockets();
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    SocketIoApiExamplesTest() {
        io.of("/").onConnection(socket -> sockets.put(socket.id(), socket));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket socketOf(TestClient client) {
        return await().until(() -> sockets.get(client.sid()), socket -> socket != null);
    }

    private Socket socket() {
        return socketOf(server.connect());
    }

    private TestClient connect(String namespace, String auth) {
        TestClient client = server.open();
        client.send("0" + namespace + "," + auth);
        return client;
    }

    @Test
    void namespace() {
        // example
        Namespace chat = io.of("/chat");
        chat.onConnection(socket -> {
            socket.join("lobby");
            socket.on("say", (args, ack) -> socket.to("lobby").emit("said", socket.id(), args.get(0)));
        });
        // end
        TestClient one = connect("/chat", "");
        TestClient two = connect("/chat", "");
        two.expectPrefix("0/chat,");
        one.send("2/chat,[\"say\",\"hello\"]");
        assertThat(two.expectPrefix("2/chat,")).endsWith("\"hello\"]");
    }

    record User(String name) {}

    private CompletionStage<User> find(String token) {
        return token.isEmpty()
                ? CompletableFuture.failedStage(new ConnectRefusedException("Not authorized"))
                : CompletableFuture.completedStage(new User(token));
    }

    @Test
    void middleware() {
        Namespace chat = io.of("/chat");
        // example
        chat.use(socket -> {
            if (!socket.handshake().auth().path("token").isString()) {
                throw new ConnectRefusedException("Not authorized", Map.of("code", "token_missing"));
            }
        });
        chat.useAsync(socket -> find(socket.handshake().auth().path("token").stringValue())
                .thenAccept(user -> socket.attach(User.class, user)));
        chat.onConnection(socket -> {
            User user = socket.attachment(User.class).orElseThrow();
            socket.emit("welcome", user);
        });
        // end
        connect("/chat", "{}").expect("4/chat,{\"message\":\"Not authorized\",\"data\":{\"code\":\"token_missing\"}}");
        connect("/chat", "{\"token\":\"\"}").expect("4/chat,{\"message\":\"Not authorized\"}");
        connect("/chat", "{\"token\":\"ann\"}").expect("2/chat,[\"welcome\",{\"name\":\"ann\"}]");
    }

    // example
    record Order(String product, int count) {}

    record Confirmation(Order order, Instant at) {}
    // end

    private void book(Order order) {
        log.add(order);
    }

    @Test
    void events() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        JsonMapper mapper = JsonMapper.shared();
        // example
        socket.on("order", (args, ack) -> {
            Order order = mapper.treeToValue(args.get(0), Order.class);
            book(order);
            ack.reply(new Confirmation(order, Instant.now()));
        });
        socket.once("hello", (args, ack) -> socket.emit("welcome", "shown once"));
        socket.off("hello");
        // end
        client.send("21[\"order\",{\"product\":\"tea\",\"count\":2}]");
        assertThat(client.expectPrefix("31[")).contains("\"count\":2},\"at\":\"20");
        assertThat(log).containsExactly(new Order("tea", 2));
    }

    @Test
    void gates() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        // example
        socket.use((event, args, ack) -> {
            if (event.startsWith("admin:")) {
                ack.reply(Map.of("error", "Forbidden"));
                return false;
            }
            return true;
        });
        // end
        socket.on("admin:stop", (args, ack) -> log.add("stopped"));
        client.send("21[\"admin:stop\"]");
        client.expect("31[{\"error\":\"Forbidden\"}]");
        assertThat(log).isEmpty();
    }

    @Test
    void request() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        // example
        socket.timeout(Duration.ofSeconds(5)).request("rate", "the tea").whenComplete((answer, failure) -> {
            if (failure == null) {
                log.add(answer.get(0));
            } else {
                log.add("no answer: " + failure);
            }
        });
        // end
        client.expect("20[\"rate\",\"the tea\"]");
        client.send("30[5]");
        assertThat(log).hasToString("[5]");
    }

    @Test
    void broadcasts() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        // example
        io.emit("news", "to everyone in the main namespace");
        io.of("/chat").emit("news", "to everyone in this one");
        io.to("room1", "room2").except("muted").emit("news", "once to each, whatever rooms it is in");
        io.to(socket.id()).emit("news", "to one, by its id");
        socket.broadcast().emit("news", "to everyone but this one");
        socket.to("room1").emit("news", "to the others in a room");
        io.local().emit("news", "to the sockets of this instance");

        Broadcast operators = io.to("operators").compress(false);
        int reached = operators.emit("alarm", Map.of("level", 3));
        // end
        client.expect("2[\"news\",\"to everyone in the main namespace\"]");
        client.expect("2[\"news\",\"to one, by its id\"]");
        assertThat(reached).isZero();
    }

    @Test
    void collectedAnswers() {
        TestClient client = server.connect();
        socketOf(client).join("kitchen");
        // example
        CompletionStage<Answers> votes =
                io.to("kitchen").timeout(Duration.ofSeconds(10)).request("vote", "tea or coffee?");
        votes.thenAccept(all -> {
            long tea = all.answers().stream()
                    .filter(answer -> answer.get(0).asString().equals("tea"))
                    .count();
            log.add(tea + " of " + all.expected() + (all.complete() ? "" : ", and some have not voted"));
        });
        // end
        client.expect("20[\"vote\",\"tea or coffee?\"]");
        client.send("30[\"tea\"]");
        assertThat(log).containsExactly("1 of 1");
    }

    @Test
    void volatileEvents() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        // example
        socket.asVolatile().emit("position", 48.1, 11.5);
        io.to("map").asVolatile().emit("position", 48.1, 11.5);
        // end
        client.expect("2[\"position\",48.1,11.5]");
    }

    record Picture(String name, byte[] png) {}

    @Test
    void binary() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        // example
        socket.emit("picture", new Picture("cat", new byte[] {1, 2, 3}));
        socket.on("upload", (args, ack) -> {
            byte[] content = args.get(0).path("file").binaryValue();
            ack.reply(content.length);
        });
        // end
        client.expect("51-[\"picture\",{\"name\":\"cat\",\"png\":{\"_placeholder\":true,\"num\":0}}]");
        client.send("51-7[\"upload\",{\"file\":{\"_placeholder\":true,\"num\":0}}]");
        client.send(new byte[4]);
        client.expect("37[4]");
    }

    @Test
    void catchAll() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        // example
        socket.onAny((event, args) -> log.add("in: " + event));
        socket.onAnyOutgoing((event, args) -> log.add("out: " + event));
        // end
        socket.on("ping", (args, ack) -> socket.emit("pong"));
        client.send("2[\"ping\"]");
        assertThat(log).containsExactly("in: ping", "out: pong");
    }

    @Test
    void manySockets() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        socket.join("lobby");
        // example
        socket.data().put("nick", "ann");

        io.in("lobby").fetchSockets().thenAccept(found -> {
            for (var remote : found) {
                log.add(remote.data().path("nick").asString());
                remote.emit("hello");
            }
        });
        io.in("lobby").socketsJoin("upstairs");
        io.in("upstairs").socketsLeave("lobby");
        io.in("upstairs").disconnectSockets(true);
        // end
        client.expect("2[\"hello\"]");
        assertThat(log).containsExactly("ann");
        await().until(client::isClosed);
    }

    @Test
    void severalInstances() {
        // example
        io.of("/").onServerSide("load", (args, ack) -> ack.reply(log.size()));
        io.of("/").serverSideEmit("refresh", "prices");
        io.of("/").serverSideRequest("load").thenAccept(answers -> log.add("of the others: " + answers));
        // end
        assertThat(log).as("alone").containsExactly("of the others: []");
    }

    @Test
    void disconnection() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        socket.join("room1");
        // example
        socket.onDisconnecting(reason -> log.add("leaves " + socket.rooms()));
        socket.onDisconnect(reason -> log.add("gone: " + reason.text()));
        // end
        client.vanish();
        assertThat(log).containsExactly("leaves [room1]", "gone: transport close");
    }

    @Test
    void patterns() {
        // example
        ParentNamespace tenants = io.of(Pattern.compile("/tenant-\\d+"));
        tenants.onConnection(socket -> socket.emit("welcome", socket.namespace().name()));
        tenants.emit("maintenance", "to the clients of all tenants");

        io.of((name, auth) -> name.equals("/" + auth.path("team").asString()));
        // end
        connect("/tenant-12", "").expect("2/tenant-12,[\"welcome\",\"/tenant-12\"]");
        connect("/red", "{\"team\":\"red\"}").expectPrefix("0/red,{");
        connect("/red", "{\"team\":\"blue\"}").expect("4/red,{\"message\":\"Invalid namespace\"}");
    }
}
