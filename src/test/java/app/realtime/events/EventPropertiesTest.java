package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.rooms.RoomName;
import app.realtime.rooms.RoomTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every body, of whatever the fields are made. */
class EventPropertiesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<Bodies.Factory> FACTORIES = List.of(
            ResponseNew::from,
            AnalyticsUpdate::from,
            SurveyorLocation::from,
            Notification::from,
            body -> CustomEvent.toRoom(body, RoomTypes.BUILT_IN),
            CustomEvent::toUser,
            CustomEvent::toEverybody);

    @Property
    void aBodyIsAnEventOrHasProblems(@ForAll("bodies") ObjectNode body) {
        String before = body.toString();
        for (Bodies.Factory factory : FACTORIES) {
            try {
                PushEvent event = factory.from(body);
                assertThat(event.rooms()).isNotEmpty();
                if (!(event instanceof CustomEvent)) {
                    assertThat(event.payload(TIME).path("type").asString()).isEqualTo(event.name());
                }
            } catch (InvalidEventException e) {
                assertThat(e.problems()).isNotEmpty();
                assertThat(e.problems().stream().map(FieldProblem::field)).doesNotHaveDuplicates();
            }
        }
        assertThat(body).as("left as it was").hasToString(before);
    }

    @Property
    void payloadsHoldNoNullOfTheirOwn(@ForAll("bodies") ObjectNode body) {
        for (Bodies.Factory factory : FACTORIES.subList(0, 4)) {
            try {
                assertThat(factory.from(body).payload(TIME).values()).noneMatch(JsonNode::isNull);
            } catch (InvalidEventException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
    }

    @Property
    void locationsGoToTheUnionOfTheirRooms(
            @ForAll("ids") String surveyor, @ForAll("optionalIds") String survey, @ForAll("optionalIds") String project)
            throws InvalidEventException {
        ObjectNode body = JSON.objectNode();
        body.put("surveyorId", surveyor);
        body.putObject("location").put("latitude", 1).put("longitude", 2);
        Set<RoomName> expected = new LinkedHashSet<>(Set.of(RoomName.user(surveyor)));
        Optional.of(survey).filter(id -> !id.isEmpty()).ifPresent(id -> {
            body.put("surveyId", id);
            expected.add(RoomName.survey(id));
        });
        Optional.of(project).filter(id -> !id.isEmpty()).ifPresent(id -> {
            body.put("projectId", id);
            expected.add(RoomName.project(id));
        });

        assertThat(SurveyorLocation.from(body).rooms()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Provide
    Arbitrary<ObjectNode> bodies() {
        Arbitrary<String> names = Arbitraries.of(
                "surveyId",
                "responseId",
                "response",
                "metadata",
                "projectId",
                "analytics",
                "type",
                "surveyorId",
                "location",
                "userId",
                "title",
                "message",
                "priority",
                "room",
                "event",
                "data");
        return Arbitraries.maps(names, fields()).map(members -> {
            ObjectNode body = JSON.objectNode();
            members.forEach(body::set);
            return body;
        });
    }

    private static Arbitrary<JsonNode> fields() {
        Arbitrary<JsonNode> texts =
                Arbitraries.of("a", "survey:1", "7", "x y", "").map(JSON::stringNode);
        Arbitrary<JsonNode> numbers = Arbitraries.integers().map(JSON::numberNode);
        Arbitrary<JsonNode> others = Arbitraries.of(JSON.nullNode(), JSON.arrayNode(), JSON.booleanNode(true));
        return Arbitraries.oneOf(List.of(texts, texts, texts, numbers, objects(), others));
    }

    private static Arbitrary<JsonNode> objects() {
        Arbitrary<Integer> degrees = Arbitraries.integers().between(-100, 100);
        return Combinators.combine(degrees, degrees, Arbitraries.of("p1", "", "a b"), Arbitraries.of(true, false))
                .as((latitude, longitude, projectId, nested) -> {
                    ObjectNode object =
                            JSON.objectNode().put("projectId", projectId).putNull("nothing");
                    (nested ? object.putObject("coordinates") : object)
                            .put("latitude", latitude)
                            .put("longitude", longitude);
                    return object;
                });
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("._~-")
                .ofMinLength(1)
                .ofMaxLength(128);
    }

    @Provide
    Arbitrary<String> optionalIds() {
        return Arbitraries.oneOf(Arbitraries.just(""), ids());
    }
}
