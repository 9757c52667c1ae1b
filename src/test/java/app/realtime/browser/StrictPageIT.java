package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.TokenMint;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The library on pages with a strict Content-Security-Policy, as a script and as a module. */
@BrowserTest
class StrictPageIT {

    private static final String HOSTILE = "<img src=x onerror=\"window.hacked = true\">";

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final ServiceApi service;
    private final WebApp app;
    private final Page page;
    private final PageLog log;

    StrictPageIT(ServiceApi service, WebApp app, Page page, PageLog log) {
        this.service = service;
        this.app = app;
        this.page = page;
        this.log = log;
    }

    @Test
    void theScriptNeedsNoMoreThanItsHost() {
        SurveysPage surveys = SurveysPage.open(app, page, log, SurveysPage.STRICT_POLICY);
        connectsUpgradesAndShowsToasts(surveys, "strict-script");
    }

    @Test
    void theModuleNeedsNoMoreThanItsHost() {
        SurveysPage surveys = SurveysPage.openModule(app, page, log, SurveysPage.STRICT_POLICY);
        connectsUpgradesAndShowsToasts(surveys, "strict-module");
    }

    @Test
    void theModuleConnectsToWhereItCameFrom() {
        log.expect("favicon.ico");
        page.navigate(Hosts.SERVICE + "/health");

        Object status = page.evaluate("""
                async () => {
                  const { WebSocketClient } = await import('/websocket-client.esm.js');
                  const client = new WebSocketClient();
                  await client.connect();
                  return client.getStatus().isAnonymous;
                }""");

        assertThat(status).isEqualTo(true);
    }

    @Test
    void whatComesFromOutsideIsTextAlone() {
        SurveysPage surveys = SurveysPage.open(app, page, log);
        surveys.connect("{token, enableToasts: true}", tokens.user("attacked"));

        service.notification("attacked", HOSTILE, HOSTILE, "high");

        Locator toast = page.locator(".toast");
        toast.waitFor();
        assertThat(toast.locator("p").allTextContents()).containsExactly(HOSTILE, HOSTILE);
        assertThat(page.locator("img").count()).isZero();
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    private void connectsUpgradesAndShowsToasts(SurveysPage surveys, String user) {
        surveys.connect("{token, enableToasts: true}", tokens.user(user));
        log.await("the upgrade", () -> surveys.status("transport").equals("websocket"));

        service.notification(user, "Approved", "Your survey has been approved", "high");

        page.getByText("Your survey has been approved").waitFor();
        assertThat(page.locator(".stack").evaluate("stack => getComputedStyle(stack).position"))
                .as("the toasts' own style")
                .isEqualTo("fixed");
    }
}
