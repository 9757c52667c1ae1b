package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.TokenMint;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens that expire while the page is open. */
@BrowserTest
class TokenRenewalIT {

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final ServiceApi service;
    private final SurveysPage surveys;
    private final PageLog log;

    TokenRenewalIT(ServiceApi service, WebApp app, Page page, PageLog log) {
        this.service = service;
        this.log = log;
        this.surveys = SurveysPage.open(app, page, log);
    }

    @Test
    void aConnectionOutlivesItsTokensWhenThePageHasMore() {
        Duration validity = Duration.ofSeconds(4);
        List<Instant> minted = new ArrayList<>();
        surveys.page().exposeFunction("freshToken", arguments -> {
            minted.add(Instant.now());
            return tokens.user("renewing", validity);
        });

        surveys.connect("{token: () => window.freshToken()}", null).joinSurvey("renewal");
        Object socket = surveys.status("socketId");
        log.await(
                "the end of the first two tokens",
                () -> minted.size() > 2 && Instant.now().isAfter(minted.get(1).plus(validity)));

        assertThat(surveys.heard("token_renewed")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(surveys.heard("token_error")).isEmpty();
        assertThat(surveys.heard("disconnect")).isEmpty();
        assertThat(surveys.status("socketId")).isEqualTo(socket);
        service.surveyResponse("renewal", "late");
        surveys.awaitEvents("response.new", 1);
    }

    @Test
    void aTokenThatThePageGaveForGoodEndsTheConnectionAndPeopleAreTold() {
        surveys.connect("{token, enableToasts: true}", tokens.user("ephemeral", Duration.ofSeconds(3)));

        surveys.awaitState("disconnected", Duration.ofSeconds(10));

        List<Map<String, Object>> errors = surveys.heard("error");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0)).containsEntry("code", "token_expired");
        assertThat(surveys.page()
                        .getByText(errors.get(0).get("message").toString())
                        .isVisible())
                .isTrue();
        assertThat(surveys.status("attempts"))
                .as("attempts with the same token")
                .isEqualTo(0);
    }
}
