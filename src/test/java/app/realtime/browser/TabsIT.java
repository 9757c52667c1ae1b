package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.TokenMint;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** One person with several tabs. */
@BrowserTest
class TabsIT {

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);

    @Test
    void eachHearsOfItsOwnRoom(ServiceApi service, WebApp app, BrowserContext context, Page page, PageLog log) {
        String token = tokens.user("two-tabs");
        SurveysPage first = SurveysPage.open(app, page, log).connect(token).joinSurvey("first-tab");
        SurveysPage second =
                SurveysPage.open(app, context.newPage(), log).connect(token).joinSurvey("second-tab");

        service.surveyResponse("first-tab", "for-the-first");
        service.surveyResponse("second-tab", "for-the-second");
        // What goes to both comes last, so that nothing can come after the tests have looked.
        service.broadcast("user", "{\"userId\": \"two-tabs\", \"event\": \"test.end\", \"data\": {}}");

        first.awaitEvents("test.end", 1);
        second.awaitEvents("test.end", 1);
        assertThat(first.heard("response.new")).extracting("responseId").containsExactly("for-the-first");
        assertThat(second.heard("response.new")).extracting("responseId").containsExactly("for-the-second");
    }
}
