package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.TokenMint;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Browsers in networks that let no WebSocket through. */
@BrowserTest
class WithoutWebSocketIT {

    /** What becomes of a WebSocket there. */
    enum Obstacle {
        REFUSED("window.WebSocket = class { constructor() { throw new DOMException('blocked', 'SecurityError'); } }"),
        BROKEN("""
                window.WebSocket = class extends EventTarget {
                  constructor() { super(); setTimeout(() => { this.onerror?.({}); this.onclose?.({ code: 1006 }); }); }
                  close() {}
                }"""),
        SILENT("window.WebSocket = class extends EventTarget { close() {} }");

        private final String script;

        Obstacle(String script) {
            this.script = script;
        }
    }

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final ServiceApi service;
    private final WebApp app;
    private final Page page;
    private final PageLog log;

    WithoutWebSocketIT(ServiceApi service, WebApp app, Page page, PageLog log) {
        this.service = service;
        this.app = app;
        this.page = page;
        this.log = log;
    }

    @ParameterizedTest
    @EnumSource
    void eventsArriveByPolling(Obstacle obstacle) {
        page.addInitScript(obstacle.script);
        String survey = "polling-" + obstacle;
        SurveysPage surveys =
                SurveysPage.open(app, page, log).connect(tokens.user("polling")).joinSurvey(survey);

        service.surveyResponse(survey, "first");
        surveys.awaitEvents("response.new", 1);
        service.surveyResponse(survey, "second");
        surveys.awaitEvents("response.new", 2);

        assertThat(surveys.status("transport")).isEqualTo("polling");
        assertThat(surveys.heard("disconnect")).isEmpty();
    }

    @Test
    void withAWebSocketTheConnectionIsUpgraded() {
        SurveysPage surveys = SurveysPage.open(app, page, log).connect(tokens.user("upgraded"));

        log.await("the upgrade", () -> surveys.status("transport").equals("websocket"));
    }
}
