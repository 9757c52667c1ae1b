package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the other tests rely on without seeing it: nothing that goes wrong in a page stays unnoticed. */
@BrowserTest
class PageLogIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "console.error('a mistake')                        | console: a mistake",
                "setTimeout(() => { throw new Error('thrown') })   | exception: Error: thrown",
                "void Promise.reject(new Error('rejected'))        | exception: Error: rejected",
                "fetch('/broken').catch(() => {})                  | request: GET http://localhost:3000/broken",
                "new Image().src = 'http://www.example.com/i.png'  | foreign host: http://www.example.com/i.png",
                "new Image().src = 'http://192.0.2.1/i.png'        | foreign host: http://192.0.2.1/i.png",
                "new WebSocket('wss://www.example.com/')           | foreign host: wss://www.example.com/"
            })
    void noticesEverythingThatGoesWrong(String script, String problem, WebApp app, Page page, PageLog log) {
        page.navigate(app.page("/wrong", "<!doctype html><title>wrong</title>"));
        app.breakOff("/broken");

        page.evaluate("() => { " + script + " }");

        log.await(problem, () -> log.problems().stream().anyMatch(found -> found.startsWith(problem)));
        log.expect(".*");
    }

    @Test
    void findsNothingOutsideThisMachine(WebApp app, Page page, PageLog log) {
        page.navigate(app.page("/alone", "<!doctype html><title>alone</title>"));

        page.evaluate("() => fetch('http://www.example.com/', {mode: 'no-cors'}).catch(() => {})");

        assertThat(log.takeProblems())
                .anyMatch(problem -> problem.contains("GET http://www.example.com/ net::ERR_NAME_NOT_RESOLVED"));
    }
}
