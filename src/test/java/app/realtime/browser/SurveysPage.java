package app.realtime.browser;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A page of the web app that uses the client library ({@code surveys.html}). Not thread-safe. */
final class SurveysPage {

    /** All that the library asks of a page's Content-Security-Policy. */
    static final String STRICT_POLICY = "default-src 'none'; script-src http://localhost:3002 'self';"
            + " connect-src http://localhost:3002 ws://localhost:3002; style-src 'self'";

    private final Page page;
    private final PageLog log;

    private SurveysPage(Page page, PageLog log) {
        this.page = page;
        this.log = log;
    }

    /** Opens it with the library as a classic script. */
    static SurveysPage open(WebApp app, Page page, PageLog log, String policy) {
        return open("surveys", app, page, log, policy);
    }

    static SurveysPage open(WebApp app, Page page, PageLog log) {
        return open(app, page, log, "");
    }

    /** Opens it with the library as an ES module. */
    static SurveysPage openModule(WebApp app, Page page, PageLog log, String policy) {
        return open("surveys-module", app, page, log, policy);
    }

    private static SurveysPage open(String name, WebApp app, Page page, PageLog log, String policy) {
        app.style("/surveys.css", Pages.read("surveys.css"));
        app.script('/' + name + ".js", Pages.read(name + ".js"));
        page.navigate(app.page('/' + name + ".html", Pages.read(name + ".html"), policy));
        return new SurveysPage(page, log);
    }

    Page page() {
        return page;
    }

    /** Connects with these options, a JavaScript expression in which {@code token} is the token. */
    SurveysPage connect(String options, String token) {
        page.evaluate("token => window.use(" + options + ")", token);
        return this;
    }

    /** Connects as the owner of the token. */
    SurveysPage connect(String token) {
        return connect("{token}", token);
    }

    SurveysPage joinSurvey(String id) {
        page.evaluate("id => window.client.joinSurvey(id)", id);
        return this;
    }

    /** A field of what {@code getStatus()} says now. */
    Object status(String field) {
        return page.evaluate("field => window.client.getStatus()[field]", field);
    }

    /** What the page has heard under this name so far: the data of each event, which must be an object. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> heard(String event) {
        return (List<Map<String, Object>>) page.evaluate(
                "event => window.heard.filter(entry => entry.event === event).map(entry => entry.data)", event);
    }

    /** Waits until the page has heard so many events of this name. */
    void awaitEvents(String event, int number) {
        log.await(number + " times " + event, () -> heard(event).size() >= number);
    }

    /** Waits for a state; {@code idle}, {@code connecting}, {@code connected} and so on. */
    void awaitState(String state, Duration time) {
        List<Object> passed = new ArrayList<>();
        log.await(() -> "the state " + state + ", of which there were " + passed, time, () -> {
            Object now = status("state") + ": " + status("reason");
            if (!passed.contains(now)) {
                passed.add(now);
            }
            return now.toString().startsWith(state + ':');
        });
    }
}
