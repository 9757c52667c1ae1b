package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.clients.RestartableService;
import app.realtime.contract.TokenMint;
import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a page notices of a service that goes away and comes back. */
@BrowserTest
class ReconnectIT {

    private static final String LOST = "Failed to load resource|WebSocket connection to 'ws://localhost:3002/.*failed"
            + "|net::ERR_CONNECTION_REFUSED|^websocket: ";

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);

    @Test
    void comesBackIntoItsRoomsWhenTheServiceDoes(
            RestartableService restartable, ServiceApi service, WebApp app, Page page, PageLog log) {
        log.expect(LOST);
        SurveysPage surveys = SurveysPage.open(app, page, log)
                .connect("{token, enableToasts: true}", tokens.user("patient"))
                .joinSurvey("reconnect");
        assertThat(service.members("survey:reconnect")).isEqualTo(1);

        restartable.stop();
        surveys.awaitState("reconnecting", Duration.ofSeconds(10));
        assertThat(page.getByText("The connection is lost").isVisible()).isTrue();
        restartable.startAgain();

        surveys.awaitState("connected", Duration.ofSeconds(40));
        log.await("the room again", () -> service.members("survey:reconnect") == 1);
        service.surveyResponse("reconnect", "after-the-restart");
        surveys.awaitEvents("response.new", 1);
        assertThat(surveys.heard("response.new").get(0)).containsEntry("responseId", "after-the-restart");
        assertThat(surveys.heard("reconnected")).hasSize(1);
        assertThat(page.getByText("Connected again.").isVisible()).isTrue();
        assertThat(page.getByText("The connection is lost").isVisible()).isFalse();
    }
}
