package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static app.realtime.events.Bodies.json;
import static app.realtime.events.Bodies.problems;
import static app.realtime.events.Bodies.rooms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseNewTest {

    @Test
    void goesToTheSurveyAndItsProject() throws Exception {
        ResponseNew event = ResponseNew.from(json("{'surveyId':'s1','responseId':'r 1','response':{'q':null},"
                + "'metadata':{'projectId':'p1','timestamp':'t'},'unknown':1}"));

        assertThat(event.name()).isEqualTo("response.new");
        assertThat(rooms(event)).containsExactly("survey:s1", "project:p1");
        assertThat(event.payload(TIME))
                .isEqualTo(json("{'type':'response.new','surveyId':'s1','responseId':'r 1','response':{'q':null},"
                        + "'metadata':{'projectId':'p1','timestamp':'t'},'timestamp':'2024-01-01T00:00:00.000Z'}"));
    }

    @Test
    void leavesOutWhatIsAbsentOrNull() throws Exception {
        ResponseNew event = ResponseNew.from(json("{'surveyId':'s1','responseId':'r1','metadata':null}"));

        assertThat(rooms(event)).containsExactly("survey:s1");
        assertThat(event.payload(TIME).propertyNames()).containsExactly("type", "surveyId", "responseId", "timestamp");
    }

    @Test
    void takesWholeNumbersAsIds() throws Exception {
        ResponseNew event =
                ResponseNew.from(json("{'surveyId':12,'responseId':34,'metadata':{'projectId':12345678901234567890}}"));

        assertThat(rooms(event)).containsExactly("survey:12", "project:12345678901234567890");
        assertThat(event.payload(TIME).path("surveyId")).isEqualTo(json("'12'"));
        assertThat(event.payload(TIME).path("responseId")).isEqualTo(json("'34'"));
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(problems(ResponseNew::from, "{}")).containsExactly("surveyId is required", "responseId is required");
        assertThat(problems(ResponseNew::from, "{'surveyId':1.5,'responseId':'','metadata':{'projectId':'a b'}}"))
                .containsExactly(
                        "surveyId " + Fields.NOT_AN_ID,
                        "responseId must be a string that is not empty, or a whole number",
                        "metadata.projectId " + Fields.NOT_AN_ID);
        assertThat(problems(ResponseNew::from, "{'surveyId':true,'responseId':[],'metadata':'m'}"))
                .containsExactly(
                        "surveyId " + Fields.NOT_AN_ID,
                        "responseId must be a string that is not empty, or a whole number",
                        "metadata must be an object");
    }

    @Test
    void refusesABodyThatIsNoObject() {
        for (String body : new String[] {"null", "[]", "'text'", "1"}) {
            assertThat(problems(ResponseNew::from, body)).containsExactly("the body must be a JSON object");
        }
    }
}
