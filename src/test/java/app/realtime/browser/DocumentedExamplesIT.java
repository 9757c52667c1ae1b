package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.TokenMint;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The two examples that users of the service begin with, word for word but for the token, on a page of their own. */
@BrowserTest
class DocumentedExamplesIT {

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final ServiceApi service;
    private final WebApp app;
    private final Page page;
    private final PageLog log;

    DocumentedExamplesIT(ServiceApi service, WebApp app, Page page, PageLog log) {
        this.service = service;
        this.app = app;
        this.page = page;
        this.log = log;
    }

    @Test
    void theLibrarysExampleJoinsItsRoomsAndHearsOfResponsesAndLocations() {
        app.script("/websocket-client.js", service.file("/websocket-client.js"));

        open("library.html");

        log.awaitMessage("Connected to WebSocket server");
        awaitMember("survey:survey123");
        awaitMember("project:project456");
        service.surveyResponse("survey123", "response456");
        log.awaitMessage("New response: {");
        assertThat(log.messages()).anyMatch(message -> message.contains("surveyId: survey123"));
        service.location("surveyor123", "another-survey", "project456");
        log.awaitMessage("Location update: {");
        assertThat(log.messages()).anyMatch(message -> message.contains("surveyorId: surveyor123"));
    }

    @Test
    void theExampleWithoutTheLibraryJoinsItsRoomAndHearsOfResponses() {
        open("manual.html");

        log.awaitMessage("Connected: ");
        awaitMember("survey:123");
        service.surveyResponse("123", "response456");
        log.awaitMessage("New response: {");
        assertThat(log.messages()).anyMatch(message -> message.contains("surveyId: 123"));
    }

    private void open(String example) {
        String html = Pages.read(example);
        assertThat(html).contains("'your-jwt-token'");
        page.navigate(app.page("/" + example, html.replace("your-jwt-token", tokens.user("user123"))));
    }

    private void awaitMember(String room) {
        log.await("a connection in " + room, () -> service.members(room) == 1);
    }
}
