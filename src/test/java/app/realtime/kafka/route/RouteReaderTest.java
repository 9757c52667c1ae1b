package app.realtime.kafka.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.realtime.events.InvalidEventException;
import app.realtime.events.PushEvent;
import app.realtime.json.JsonReader;
import app.realtime.rooms.RoomType;
import app.realtime.rooms.RoomType.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteReaderTest {

    private static final String HEAD = "roomTypes: [order]\nroutes:\n";
    private static final String ROUTE = "  - {topic: t, event: e, rooms: [\"order:{/id}\"]}\n";

    @TempDir
    private Path directory;

    @Test
    void routesByKeyHeaderAndPointer() throws Exception {
        RouteTable table = read("""
                roomTypes:
                  order: listed
                  shop: authenticated
                routes:
                  - topic: shop.orders
                    event: order.updated
                    rooms:
                      - order:{/order/id}
                      - shop:{header:shop}-{key}
                      - user:{/customer?}
                      - global
                """);

        assertThat(table.problems()).isEmpty();
        assertThat(table.types())
                .containsExactly(new RoomType("order", Access.LISTED), new RoomType("shop", Access.AUTHENTICATED));
        Route route = table.routes().get(0);
        assertThat(route.topic()).isEqualTo("shop.orders");
        PushEvent event = event(route, "{\"order\":{\"id\":17}}", "k1", Map.of("shop", "s"));
        assertThat(event.name()).isEqualTo("order.updated");
        assertThat(event.rooms().stream().map(Object::toString)).containsExactly("order:17", "shop:s-k1", "global");
        assertThat(event.payload(Instant.EPOCH))
                .hasToString("{\"order\":{\"id\":17},\"timestamp\":\"1970-01-01T00:00:00.000Z\"}");
    }

    @Test
    void takesJsonAsWell() {
        RouteTable table = read("{\"roomTypes\":[\"order\"],\"routes\":"
                + "[{\"topic\":\"t\",\"event\":\"e\",\"rooms\":\"order:{/a~1b}\"}]}");

        assertThat(table.problems()).isEmpty();
        assertThat(table.types()).containsExactly(new RoomType("order", Access.LISTED));
        assertThat(table.routes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                          | /id must be 1 to 128",
                "{'id':{}}                   | /id must be 1 to 128",
                "{'id':true}                 | /id must be 1 to 128",
                "{'id':'a b'}                | /id must be 1 to 128",
                "{'id':''}                   | /id must be 1 to 128",
                "{'id':1.5}                  | /id must be 1 to 128",
                "[]                          | /id must be 1 to 128",
            })
    void rejectsARecordThatNamesNoRoom(String value, String problem) {
        Route route = read(HEAD + ROUTE).routes().get(0);

        assertThatThrownBy(() -> event(route, value.replace('\'', '"'), null, Map.of()))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void rejectsARecordWithNoneOfItsOptionalRooms() {
        Route route = read(HEAD + "  - {topic: t, event: e, rooms: [\"order:{/id?}\", \"user:{key?}\"]}\n")
                .routes()
                .get(0);

        assertThatThrownBy(() -> event(route, "{}", null, Map.of()))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("none of the parts");
    }

    @Test
    void rejectsARecordThatTheSchemaDoesNotAllowWithoutQuotingIt() {
        Route route = read(HEAD
                        + "  - {topic: t, event: e, rooms: [\"order:{/id}\"],"
                        + " schema: {properties: {total: {type: number}}, required: [id]}}\n")
                .routes()
                .get(0);

        assertThatThrownBy(() -> event(route, "{\"id\":1,\"total\":\"secret\"}", null, Map.of()))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("/total does not fit the schema's rule /properties/total/type")
                .hasMessageNotContaining("secret");
    }

    @Test
    void readsASchemaFromAFileBesideTheRoutes() throws IOException {
        Files.writeString(directory.resolve("s.json"), "{\"required\":[\"id\"]}");
        Files.writeString(directory.resolve("s.yaml"), "required: [id]\n");

        for (String file : List.of("s.json", "s.yaml")) {
            RouteTable table = read(HEAD + "  - {topic: t, event: e, rooms: global, schema: " + file + "}\n");
            assertThat(table.problems()).isEmpty();
            assertThatThrownBy(() -> event(table.routes().get(0), "{}", null, Map.of()))
                    .hasMessageContaining("/required");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  - {topic: t, event: e}                          | line 3, column 3: rooms is required",
                "  - {event: e, rooms: global}                     | line 3, column 3: topic is required",
                "  - {topic: t, evnt: e, rooms: global}            | line 3, column 20: \"evnt\" is not known; expected one of event, rooms, schema, topic",
                "  - {topic: a b, event: e, rooms: global}         | line 3, column 11: topic is not a topic name",
                "  - {topic: taken, event: e, rooms: global}       | line 3, column 11: the topic has a route already: KAFKA_TOPIC_X",
                "  - {topic: t, event: connect, rooms: global}     | line 3, column 21: event is a name that Socket.IO keeps",
                "  - {topic: t, event: e, rooms: []}               | line 3, column 31: rooms must name at least one room",
                "  - {topic: t, event: e, rooms: 'shop:{/id}'}     | line 3, column 31: the room \"shop:{/id}\" has the room type \"shop\", which is not declared",
                "  - {topic: t, event: e, rooms: 'order:{id}'}     | line 3, column 31: the room \"order:{id}\" has the placeholder {id}",
                "  - {topic: t, event: e, rooms: 'order:{/id'}     | has a brace that is not closed",
                "  - {topic: t, event: e, rooms: 'order:'}         | has no id behind the colon",
                "  - {topic: t, event: e, rooms: 'order:a b'}      | has characters that no room's id has",
                "  - {topic: t, event: e, rooms: '{/room}'}        | is not a room",
                "  - {topic: t, event: e, rooms: order}            | is not a room",
                "  - {topic: t, event: e, rooms: 'global:{/id}'}   | not declared",
                "  - {topic: t, event: e, rooms: global, schema: no.json} | line 3, column 47: the schema file no.json cannot be read",
                "  - {topic: t, event: e, rooms: global, schema: {type: strnig}} | line 3, column 47: the schema is no JSON Schema",
                "  - {topic: t, event: e, rooms: global, schema: {pattern: '('}} | the schema is no JSON Schema",
                "  - {topic: t, event: e, rooms: global, schema: {$ref: 'http://127.0.0.1:1/s'}} | the schema is no JSON Schema",
                "  - text                                          | line 3, column 3: a route must be a mapping",
                "  - {topic: t, topic: u, event: e, rooms: global} | \"topic\" is there twice",
                "  - {topic: t, event: [e], rooms: global}         | line 3, column 21: event must be a text",
            })
    void saysWhereARouteIsWrong(String route, String problem) {
        assertThat(problems(HEAD + route)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roomTypes: [survey]         | the room type \"survey\" is there already",
                "roomTypes: [a, a]           | the room type \"a\" is there already",
                "roomTypes: [Order]          | \"Order\" is no room type",
                "roomTypes: {order: all}     | must be listed",
                "roomTypes: order            | roomTypes must be a mapping",
                "rooms: []                   | \"rooms\" is not known; expected one of roomTypes, routes",
            })
    void saysWhatIsWrongBesideTheRoutes(String line, String problem) {
        assertThat(problems(line + "\nroutes: []")).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "a: [",
                "just text",
                "- a",
                "&a [*a]",
                "routes: &a [*a]",
                "a: 1\n---\nb: 2",
                "\u0000",
                "{routes: [{topic: t, event: e, rooms: global, schema: &s {not: *s}}]}",
                "{routes: [{topic: t, event: e, rooms: global, schema: {minimum: .inf}}]}"
            })
    void findsFaultWithAnyOtherText(String text) {
        assertThat(read(text).problems()).isNotEmpty();
    }

    @Test
    void endsWithTextsThatStandForTreesWithoutEnd() {
        assertThat(problems(HEAD + "  - {topic: t, event: e, rooms: global, schema: &a {x: *a, y: *a}}\n"))
                .contains("has more than");
        assertThat(problems("[".repeat(100_000))).isNotEmpty();
    }

    @Test
    void findsAllProblemsAtOnce() {
        assertThat(problems("routes: {}")).contains("line 1, column 9: routes must be a list");
        assertThat(read(HEAD + "  - {topic: t}\n  - {event: connect, x: 1}\n").problems())
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void endsASearchThatTakesForEverWhenItIsInterrupted() throws InterruptedException {
        InterruptiblePattern pattern = new InterruptiblePattern("^(?:(a|aa)+\\1)+b$");
        Thread search = new Thread(() ->
                assertThatThrownBy(() -> pattern.matches("a".repeat(200))).isInstanceOf(IllegalStateException.class));
        search.setDaemon(true);
        search.start();
        search.join(200);
        assertThat(search.isAlive()).as("it does take long").isTrue();

        search.interrupt();
        search.join(10_000);
        assertThat(search.isAlive()).isFalse();
    }

    private RouteTable read(String yaml) {
        return new RouteReader(directory, Map.of("taken", "KAFKA_TOPIC_X")).read(yaml);
    }

    private String problems(String yaml) {
        return String.join(
                "\n", read(yaml).problems().stream().map(RouteProblem::toString).toList());
    }

    private static PushEvent event(Route route, String value, String key, Map<String, String> headers)
            throws Exception {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                route.topic(), 0, 0, key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return route.reader().read(new RecordContent(record, new JsonReader().read(record.value())));
    }
}
