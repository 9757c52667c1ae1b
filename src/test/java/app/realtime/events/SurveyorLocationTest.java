package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static app.realtime.events.Bodies.json;
import static app.realtime.events.Bodies.problems;
import static app.realtime.events.Bodies.rooms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyorLocationTest {

    private static final String PLACE =
            "{'coordinates':{'latitude':25.20480,'longitude':55.2708,'altitude':3},'accuracy':10}";

    @Test
    void goesToSurveyorSurveyAndProject() throws Exception {
        SurveyorLocation event = SurveyorLocation.from(json("{'surveyorId':'u1','surveyId':'s1','projectId':'p1',"
                + "'location':" + PLACE + ",'metadata':{'battery':5}}"));

        assertThat(event.name()).isEqualTo("surveyor.location");
        assertThat(rooms(event)).containsExactlyInAnyOrder("survey:s1", "project:p1", "user:u1");
        assertThat(event.payload(TIME).toString())
                .isEqualTo(("{'type':'surveyor.location','surveyorId':'u1','surveyId':'s1','projectId':'p1','location':"
                                + PLACE + ",'metadata':{'battery':5},'timestamp':'2024-01-01T00:00:00.000Z'}")
                        .replace('\'', '"'));
    }

    @Test
    void needsNoSurveyAndNoProject() throws Exception {
        SurveyorLocation event = SurveyorLocation.from(json("{'surveyorId':7,'location':" + PLACE + "}"));

        assertThat(rooms(event)).containsExactly("user:7");
        assertThat(event.payload(TIME).propertyNames()).containsExactly("type", "surveyorId", "location", "timestamp");
    }

    @Test
    void takesCoordinatesInTheLocationItself() throws Exception {
        SurveyorLocation event =
                SurveyorLocation.from(json("{'surveyorId':'u1','location':{'latitude':-90,'longitude':180.0}}"));

        assertThat(event.payload(TIME).path("location")).isEqualTo(json("{'latitude':-90,'longitude':180.0}"));
        assertThat(problems(SurveyorLocation::from, "{'surveyorId':'u1','location':{'latitude':91}}"))
                .containsExactly("location.latitude must be a number from -90 to 90", "location.longitude is required");
    }

    @ParameterizedTest
    @CsvSource({"90,180", "-90,-180", "90.0,180.000", "0,-0.0", "9e1,1.8e2"})
    void acceptsTheWholeGlobe(String latitude, String longitude) {
        assertThat(problems(SurveyorLocation::from, at(latitude, longitude)))
                .singleElement()
                .asString()
                .startsWith("none: ");
    }

    @ParameterizedTest
    @CsvSource({
        "90.0000000000000000001,180.1",
        "-91,-181",
        "1e400,-1e400",
        "1e999999999,1e999999999",
        "\"25\",\"55\"",
        "true,[]",
        "{},{}"
    })
    void refusesCoordinatesOffTheGlobe(String latitude, String longitude) {
        assertThat(problems(SurveyorLocation::from, at(latitude, longitude)))
                .containsExactly(
                        "location.coordinates.latitude must be a number from -90 to 90",
                        "location.coordinates.longitude must be a number from -180 to 180");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'coordinates':null}", "{'coordinates':{}}", "{'coordinates':{'latitude':null}}"})
    void namesMissingCoordinates(String location) {
        assertThat(problems(SurveyorLocation::from, "{'surveyorId':'u1','location':" + location + "}"))
                .containsExactly(
                        "location.coordinates.latitude is required", "location.coordinates.longitude is required");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(problems(SurveyorLocation::from, "{}"))
                .containsExactly("surveyorId is required", "location is required");
        assertThat(problems(
                        SurveyorLocation::from, "{'surveyorId':'a:b','surveyId':'','location':'here','metadata':1}"))
                .containsExactly(
                        "surveyorId " + Fields.NOT_AN_ID,
                        "surveyId " + Fields.NOT_AN_ID,
                        "location must be an object",
                        "metadata must be an object");
        assertThat(problems(SurveyorLocation::from, "{'surveyorId':'u','location':{'coordinates':[55.2,25.2]}}"))
                .containsExactly("location.coordinates must be an object");
    }

    private static String at(String latitude, String longitude) {
        return "{'surveyorId':'u1','location':{'coordinates':{'latitude':%s,'longitude':%s}}}"
                .formatted(latitude, longitude);
    }
}
