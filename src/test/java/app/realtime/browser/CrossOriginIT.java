package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** What the service lets pages of other origins do, by the rules of a real browser. */
@BrowserTest
class CrossOriginIT {

    private static final String BLANK = "<!doctype html><html lang=\"en\"><title>page</title></html>";

    /** With a header that the browser asks for leave to send. */
    private static final String BROADCAST = """
            async service => {
              const response = await fetch(service + '/api/broadcast/global', {
                method: 'POST',
                headers: {'Content-Type': 'application/json', 'X-API-Key': 'any'},
                body: JSON.stringify({event: 'test.message', data: {}})
              });
              return (await response.json()).success;
            }""";

    @Test
    void letsPagesOfAllowedOriginsUseTheApi(ServiceApi service, WebApp app, Page page) {
        page.navigate(app.page("/blank", BLANK));

        assertThat(SurveysPage.evaluate(page, BROADCAST, Hosts.SERVICE)).isEqualTo(true);
    }

    @Test
    void letsNoPageOfAnotherOriginUseTheApi(ServiceApi service, WebApp app, Page page, PageLog log) {
        log.expect("blocked by CORS policy|net::ERR_FAILED");
        app.page("/blank", BLANK);
        page.navigate("http://127.0.0.1:" + app.port() + "/blank");

        String error = SurveysPage.evaluate(
                        page,
                        "(async service => { try { await (" + BROADCAST
                                + ")(service); } catch (e) { return e.name; } })",
                        Hosts.SERVICE)
                .toString();

        assertThat(error).isEqualTo("TypeError");
        log.awaitMessage("Access to fetch at 'http://localhost:3002/api/broadcast/global' from origin");
    }
}
