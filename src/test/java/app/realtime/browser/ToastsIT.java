package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.browser.Screenshots.Viewport;
import app.realtime.contract.TokenMint;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people see of the library: toasts, and the state of the connection while there is something to say of it. */
@BrowserTest
class ToastsIT {

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final ServiceApi service;
    private final BrowserContext context;
    private final Page page;
    private final PageLog log;
    private final SurveysPage surveys;

    ToastsIT(ServiceApi service, WebApp app, BrowserContext context, Page page, PageLog log) {
        this.service = service;
        this.context = context;
        this.page = page;
        this.log = log;
        this.surveys = SurveysPage.open(app, page, log);
    }

    @Test
    void areGoodToReadForEverybodyOfflineToo() {
        log.expect("ERR_INTERNET_DISCONNECTED");
        // A poll that is on its way fails at once when the network goes; a WebSocket would be quiet about it.
        surveys.connect("{token, enableToasts: true, transports: ['polling']}", tokens.user("offline"));
        service.notification("offline", "Approved", "Your survey has been approved", "high");
        service.notification("offline", "Note", "Somebody has answered", "normal");
        page.getByText("Somebody has answered").waitFor();

        context.setOffline(true);
        page.getByText("The connection is lost").waitFor();
        Accessibility.assertGoodInBothSchemes(page);
        assertThat(page.locator(".state").evaluate("state => state.getClientRects().length"))
                .as("whether it has a box, without which its background is not there")
                .isEqualTo(1);
        Screenshots.take(page, "toasts", ColorScheme.DARK, Viewport.PHONE);
        Screenshots.take(page, "toasts", ColorScheme.LIGHT, Viewport.DESKTOP);

        context.setOffline(false);
        page.getByText("Connected again.").waitFor();
        surveys.awaitState("connected", Duration.ofSeconds(5));
        assertThat(page.getByText("The connection is lost").isVisible()).isFalse();
    }

    @Test
    void goWhenSomebodyDismissesThem() {
        surveys.connect("{token, enableToasts: true}", tokens.user("dismissing"));
        service.notification("dismissing", "First", "one", "high");
        service.notification("dismissing", "Second", "two", "high");
        Locator toasts = page.locator(".toast");
        log.await("two toasts", () -> toasts.count() == 2);

        dismissal("First").click();
        assertThat(toasts.allTextContents()).hasSize(1).first().asString().contains("two");

        dismissal("Second").press("Escape");
        assertThat(toasts.count()).isZero();
    }

    private Locator dismissal(String title) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Dismiss: " + title));
    }
}
