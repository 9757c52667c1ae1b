package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.redis.RedisBus;
import app.realtime.run.NodeProgram;
import app.realtime.run.RedisCluster;
import app.realtime.run.RedisServer;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Message;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.adapter.TestCollector;
import app.realtime.socketio.adapter.TestRecipient;
import app.realtime.socketio.protocol.Packet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** This adapter and the reference's, over one Redis: each does for the other what it does for itself. */
class MixedClusterIT {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<JsonNode> lines = new CopyOnWriteArrayList<>();
    private final TestRecipient socket = new TestRecipient("java");
    private AutoCloseable redis;
    private RedisBus bus;
    private ClusterAdapter adapter;
    private NodeProgram node;

    @BeforeEach
    void require() {
        NodeProgram.require();
        RedisServer.require();
    }

    private void startWithOneServer(String form) {
        RedisServer server = RedisServer.running();
        redis = server;
        start(form, server.url());
    }

    private void startWithRedisCluster(String form) {
        RedisCluster servers = RedisCluster.running(0);
        redis = servers;
        start(form, servers.url());
    }

    private void start(String form, String url) {
        boolean sharded = form.equals("sharded");
        bus = new RedisBus(URI.create(url), Optional.empty(), sharded, Executors.defaultThreadFactory()).start();
        adapter = sharded
                ? ClusterAdapter.sharded("/", bus, timer, (recipients, took) -> {})
                : ClusterAdapter.classic("/", bus, timer, (recipients, took) -> {});
        adapter.open();
        await().until(bus::isConnected);
        adapter.add(socket);
        adapter.join(socket, "r");
        node = NodeProgram.start(
                "cluster", "cluster.js", List.of(url, form), Map.of(), line -> lines.add(MAPPER.readTree(line)));
        await("the server on Node.js")
                .atMost(Duration.ofSeconds(30))
                .until(() -> line("ready").isPresent());
    }

    @AfterEach
    void stop() throws Exception {
        timer.shutdownNow();
        Optional.ofNullable(node).ifPresent(NodeProgram::close);
        Optional.ofNullable(bus).ifPresent(RedisBus::close);
        if (redis != null) {
            redis.close();
        }
    }

    private Optional<JsonNode> line(String field) {
        return lines.stream().filter(line -> line.has(field)).findFirst();
    }

    private String shown(String field) {
        await(field)
                .atMost(Duration.ofSeconds(15))
                .until(() -> line(field).isPresent() || line("failed").isPresent());
        assertThat(line("failed")).isEmpty();
        return line(field).orElseThrow().path(field).toString();
    }

    private List<String> eventsOfNodesClient() {
        return lines.stream()
                .filter(line -> line.has("event"))
                .map(line -> line.path("event").asString() + line.path("args"))
                .toList();
    }

    private int listeners(String shardChannel) throws Exception {
        return bus.sharded().subscribers(shardChannel).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private static Packet.Event event(String name, JsonNode... args) {
        return new Packet.Event("/", OptionalLong.empty(), name, List.of(args));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "sharded"})
    void serversAndEmittersOnNodeReachSocketsOfThisAdapter(String form) {
        startWithOneServer(form);
        boolean emitter = form.equals("classic");
        List<String> told = new CopyOnWriteArrayList<>();
        adapter.onInstanceEvent((event, args, answer) -> {
            told.add(event + args);
            answer.ifPresent(way -> way.accept(JSON.objectNode().put("by", "java")));
        });
        adapter.broadcast(event("begin"), Selection.inAnyOf(List.of("r")), Delivery.DEFAULT);

        assertThat(shown("servers")).isEqualTo("2");
        assertThat(shown("sockets"))
                .contains("{\"id\":\"java\",\"rooms\":[\"java\",\"r\"],\"data\":{\"is\":\"java\"}}");
        if (emitter) {
            assertThat(shown("rooms")).contains("\"r\"");
        }
        await().until(() -> !socket.asked().isEmpty());
        socket.asked().forEach(listener -> listener.answered(List.of(JSON.stringNode("answer of java"))));
        assertThat(shown("answers")).contains("{\"answer\":7}", "\"answer of java\"");
        assertThat(shown("answered")).isEqualTo("[{\"by\":\"java\"}]");
        assertThat(shown("done")).isEqualTo("true");
        List<String> expected = new ArrayList<>(List.of("note[1, \"two\"]", "question[{\"of\":\"node\"}]"));
        if (emitter) {
            expected.add("from emitter[3]");
        }
        assertThat(told).isEqualTo(expected);
        await().until(() -> !socket.disconnects().isEmpty());
        assertThat(socket.disconnects()).containsExactly(true);
        List<Message> got = socket.got().stream()
                .filter(message -> !message.event().name().equals("from emitter"))
                .toList();
        assertThat(socket.got()).hasSize(emitter ? 5 : 4);
        assertThat(got.stream().map(Message::event).map(Packet.Event::name))
                .containsExactly("begin", "question", "from node", "flags");
        Packet.Event sent = got.get(2).event();
        assertThat(sent.args().get(0).path("list").toString()).isEqualTo("[1,null,1.5,\"\u00e9\"]");
        assertThat(sent.args().get(0).path("bytes").binaryValue()).containsExactly(1, 2);
        assertThat(sent.args().get(1).stringValue()).isEqualTo("last");
        assertThat(got.get(3).delivery()).isEqualTo(new Delivery(false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "sharded"})
    void thisAdapterReachesSocketsOnNode(String form) throws Exception {
        startWithOneServer(form);
        assertThat(adapter.instances().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isEqualTo(2);
        String id = line("id").orElseThrow().path("id").asString();
        List<SocketDetails> found =
                adapter.fetch(Selection.everyone()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(found).extracting(SocketDetails::id).containsExactlyInAnyOrder("java", id);
        SocketDetails theirs =
                found.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        assertThat(theirs.rooms()).containsExactly("r");
        assertThat(theirs.data().path("on").asString()).isEqualTo("node");

        TestCollector answers = new TestCollector();
        adapter.request(event("question", JSON.numberNode(8)), Selection.everyone(), Delivery.DEFAULT, answers);
        await().until(() -> answers.answers().size() == 1);
        assertThat(answers.expected()).isEqualTo(2);
        assertThat(answers.answers().get(0).toString()).isEqualTo("[{\"answer\":8}]");

        assertThat(adapter.askInstances("to node", List.of(JSON.numberNode(5)))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .toString())
                .isEqualTo("[{\"got\":5}]");
        adapter.tellInstances("to node", List.of(JSON.stringNode("news")));
        assertThat(shown("told")).isEqualTo("\"news\"");

        Selection onNode = Selection.inAnyOf(List.of(id));
        adapter.joinAll(onNode, Set.of("by java"));
        if (form.equals("sharded")) {
            await("the channel of the room").until(() -> listeners("socket.io#/#by java#") == 1);
        }
        adapter.broadcast(
                event("from java", JSON.objectNode().put("text", "\u00e9"), JSON.numberNode(-40000)),
                Selection.inAnyOf(List.of("by java")),
                Delivery.DEFAULT);
        adapter.broadcast(event("all but r"), new Selection(Set.of(), Set.of("r")), Delivery.DEFAULT);
        adapter.leaveAll(onNode, Set.of("by java"));
        adapter.broadcast(event("after leaving"), Selection.inAnyOf(List.of("by java")), Delivery.DEFAULT);
        adapter.broadcast(event("two rooms"), Selection.inAnyOf(List.of("by java", "r")), Delivery.DEFAULT);
        adapter.disconnectAll(onNode, false);
        await().until(() -> eventsOfNodesClient().stream().anyMatch(line -> line.startsWith("disconnect")));
        assertThat(eventsOfNodesClient())
                .containsExactly(
                        "question[8]",
                        "from java[{\"text\":\"\u00e9\"},-40000]",
                        "two rooms[]",
                        "disconnect[\"io server disconnect\"]");
    }

    /** What needs no order between messages: node-redis publishes each by any of the servers. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "sharded"})
    void eachReachesTheOtherOverARedisCluster(String form) throws Exception {
        startWithRedisCluster(form);
        adapter.onInstanceEvent((event, args, answer) ->
                answer.ifPresent(way -> way.accept(JSON.objectNode().put("by", "java"))));
        assertThat(adapter.instances().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(adapter.fetch(Selection.everyone()).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasSize(2);
        TestCollector answers = new TestCollector();
        adapter.request(event("question", JSON.numberNode(8)), Selection.everyone(), Delivery.DEFAULT, answers);
        await().until(() -> answers.answers().size() == 1);
        assertThat(answers.answers().get(0).toString()).isEqualTo("[{\"answer\":8}]");

        adapter.broadcast(event("begin"), Selection.inAnyOf(List.of("r")), Delivery.DEFAULT);
        assertThat(shown("servers")).isEqualTo("2");
        assertThat(shown("sockets")).contains("{\"id\":\"java\",\"rooms\":[\"java\",\"r\"]");
        await().until(() -> socket.asked().size() == 2);
        socket.asked().forEach(listener -> listener.answered(List.of(JSON.stringNode("answer of java"))));
        assertThat(shown("answers")).contains("{\"answer\":7}", "\"answer of java\"");
        assertThat(shown("answered")).isEqualTo("[{\"by\":\"java\"}]");
        assertThat(shown("done")).isEqualTo("true");
        await().until(() -> !socket.disconnects().isEmpty());
    }
}
