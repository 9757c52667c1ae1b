package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static app.realtime.events.Bodies.json;
import static app.realtime.events.Bodies.problems;
import static app.realtime.events.Bodies.rooms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotificationTest {

    @Test
    void goesToItsUser() throws Exception {
        Notification event = Notification.from(json("{'userId':'u1','type':'warning','title':'T','message':'M',"
                + "'priority':'high','metadata':{'a':1}}"));

        assertThat(event.name()).isEqualTo("notification");
        assertThat(rooms(event)).containsExactly("user:u1");
        assertThat(event.payload(TIME))
                .isEqualTo(json("{'type':'notification','notificationType':'warning','title':'T','message':'M',"
                        + "'priority':'high','metadata':{'a':1},'timestamp':'2024-01-01T00:00:00.000Z'}"));
    }

    @Test
    void goesToEverybodyWithoutAUser() throws Exception {
        Notification event = Notification.from(json("{'message':'M','userId':null}"));

        assertThat(rooms(event)).containsExactly("global");
        assertThat(event.payload(TIME))
                .isEqualTo(json("{'type':'notification','message':'M','priority':'normal',"
                        + "'timestamp':'2024-01-01T00:00:00.000Z'}"));
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(problems(Notification::from, "{}")).containsExactly("title or message is required");
        assertThat(problems(Notification::from, "{'title':'','message':' '}"))
                .containsExactly("title or message is required");
        assertThat(problems(Notification::from, "{'userId':'','type':1,'title':2,'priority':3,'metadata':[]}"))
                .containsExactly(
                        "userId " + Fields.NOT_AN_ID,
                        "type must be a string",
                        "title must be a string",
                        "priority must be a string",
                        "metadata must be an object");
    }
}
