package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static app.realtime.events.Bodies.json;
import static app.realtime.events.Bodies.problems;
import static app.realtime.events.Bodies.rooms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnalyticsUpdateTest {

    @Test
    void goesToSurveyAndProject() throws Exception {
        AnalyticsUpdate event = AnalyticsUpdate.from(
                json("{'surveyId':'s1','projectId':'p1','analytics':{'total':3},'type':'realtime'}"));

        assertThat(event.name()).isEqualTo("analytics.update");
        assertThat(rooms(event)).containsExactly("survey:s1", "project:p1");
        assertThat(event.payload(TIME))
                .isEqualTo(json("{'type':'analytics.update','surveyId':'s1','projectId':'p1','analytics':{'total':3},"
                        + "'updateType':'realtime','timestamp':'2024-01-01T00:00:00.000Z'}"));
    }

    @Test
    void oneOfTheTwoIdsIsEnough() throws Exception {
        AnalyticsUpdate ofProject = AnalyticsUpdate.from(json("{'projectId':'p1','surveyId':null}"));

        assertThat(rooms(ofProject)).containsExactly("project:p1");
        assertThat(ofProject.payload(TIME).propertyNames()).containsExactly("type", "projectId", "timestamp");
        assertThat(rooms(AnalyticsUpdate.from(json("{'surveyId':1}")))).containsExactly("survey:1");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(problems(AnalyticsUpdate::from, "{}")).containsExactly("surveyId or projectId is required");
        assertThat(problems(AnalyticsUpdate::from, "{'surveyId':'s1','projectId':{},'type':1}"))
                .containsExactly("projectId " + Fields.NOT_AN_ID, "type must be a string");
    }
}
