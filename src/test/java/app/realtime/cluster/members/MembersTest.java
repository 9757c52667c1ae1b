package app.realtime.cluster.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.MemoryBus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

class MembersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Members.Pace PACE =
            new Members.Pace(Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(300));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryBus bus = new MemoryBus();
    private final MemoryBus othersBus = bus.another();
    private final Members one = members("one", bus);
    private final Members two = members("two", othersBus);

    private Members members(String name, MemoryBus by) {
        return new Members(Member.starting(name, "127.0.0.1", 9080), by, timer, Runnable::run, PACE).open();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private void awaitEachOther() {
        await().atMost(SOON)
                .until(() -> one.others().contains(two.self()) && two.others().contains(one.self()));
    }

    @Test
    void knowEachOtherAndNotThemselves() {
        awaitEachOther();
        assertThat(one.others()).containsExactly(two.self());
        assertThat(one.other(two.self().id())).contains(two.self());
        assertThat(one.other(one.self().id())).isEmpty();
        assertThat(one.self().toString()).doesNotContain(one.self().key());
    }

    @Test
    void whoSaysGoodbyeIsGoneAtOnce() {
        awaitEachOther();
        two.close();
        assertThat(one.others()).isEmpty();
    }

    @Test
    void whoIsNotHeardOfIsGoneAfterAWhile() {
        awaitEachOther();
        othersBus.away = true;
        await().atMost(SOON).until(() -> one.others().isEmpty());
        othersBus.away = false;
        awaitEachOther();
    }

    @Test
    void answerQuestions() {
        awaitEachOther();
        two.onQuestion("double", number -> IntNode.valueOf(2 * number.intValue()));
        assertThat(one.ask("double", IntNode.valueOf(21)).toCompletableFuture().join())
                .containsExactly(new MemberAnswer(two.self(), IntNode.valueOf(42)));
    }

    @Test
    void doNotWaitForLongForWhoDoesNotAnswer() {
        awaitEachOther();
        assertThat(one.ask("nobody knows", StringNode.valueOf("?"))
                        .toCompletableFuture()
                        .join())
                .isEmpty();
    }

    @Test
    void passOverWhatIsNotForThem() {
        awaitEachOther();
        for (String text : new String[] {
            "",
            "{",
            "[]",
            "null",
            "1",
            "{\"here\":1}",
            "{\"gone\":{}}",
            "{\"ask\":\"x\"}",
            "{\"answer\":1}",
            "{\"here\":{\"id\":\"aaaaaaaa\",\"host\":\"a name\",\"port\":1,\"key\":\"k\"}}",
            "{\"here\":{\"id\":\"aaaaaaaa\",\"host\":\"127.0.0.1\",\"port\":70000,\"key\":\"k\"}}",
            "{\"here\":{\"id\":\"a/b\",\"host\":\"127.0.0.1\",\"port\":1,\"key\":\"k\"}}"
        }) {
            bus.publish("websocket-service-instances#", text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(one.others()).containsExactly(two.self());
    }

    @Test
    void countRoomsTogether() {
        awaitEachOther();
        RoomCensus census = new RoomCensus(one, room -> 100);
        new RoomCensus(two, Map.of("a", 1, "b", 2)::get);
        assertThat(census.elsewhere(Set.of("a", "b")).toCompletableFuture().join())
                .isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void askOnceForAllWhoWantToKnowMeanwhile() {
        awaitEachOther();
        RoomCensus census = new RoomCensus(one, room -> 0);
        List<JsonNode> questions = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Map<String, Integer>>> meanwhile = new CopyOnWriteArrayList<>();
        two.onQuestion("rooms", rooms -> {
            questions.add(rooms);
            if (questions.size() == 1) {
                meanwhile.add(census.elsewhere(Set.of("b")).toCompletableFuture());
                meanwhile.add(census.elsewhere(Set.of("c")).toCompletableFuture());
            }
            return JsonNodeFactory.instance.objectNode().put("b", 2).put("c", 3);
        });
        census.elsewhere(Set.of("a")).toCompletableFuture().join();
        assertThat(meanwhile)
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer.join()).isEqualTo(Map.of("b", 2, "c", 3)));
        assertThat(questions).extracting(JsonNode::size).containsExactly(1, 2);
    }
}
