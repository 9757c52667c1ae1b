package app.realtime.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserContext.WaitForConditionOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.WebError;
import com.microsoft.playwright.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the pages of one test write to their console, and what goes wrong in them: errors on the console, exceptions that
 * nobody catches, requests that fail, and requests to another machine. A test with any of these fails, unless it has said
 * that it brings them about.
 *
 * <p>To be used from the thread of the test alone, as all of Playwright; waiting lets the browser's news in.
 */
final class PageLog {

    private static final Duration TIME = Duration.ofSeconds(15);

    private final BrowserContext context;
    private final List<String> messages = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    PageLog(BrowserContext context) {
        this.context = context;
        context.onConsoleMessage(this::onConsoleMessage);
        context.onWebError(this::onWebError);
        context.onRequest(request -> checkHost(request.url()));
        context.onRequestFailed(this::onRequestFailed);
        context.onPage(page -> page.onWebSocket(this::onWebSocket));
    }

    /** What the pages have written to their console so far: each message's text. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /** What has gone wrong so far and was not expected. */
    List<String> problems() {
        return problems.stream()
                .filter(problem -> expected.stream()
                        .noneMatch(pattern -> pattern.matcher(problem).find()))
                .toList();
    }

    /** The same, for a test that brought them about itself: they are no problems any more. */
    List<String> takeProblems() {
        List<String> taken = problems();
        problems.clear();
        return taken;
    }

    /** The test brings about problems of this kind; the pattern is looked for in {@code kind: text}. */
    void expect(String pattern) {
        expected.add(Pattern.compile(pattern));
    }

    /** Waits for a message on the console that begins with this text. */
    void awaitMessage(String beginning) {
        await(
                "a console message that begins with \"" + beginning + '"',
                () -> messages.stream().anyMatch(message -> message.startsWith(beginning)));
    }

    /** Waits until something holds that has to do with the pages, for 15 s. */
    void await(String what, BooleanSupplier condition) {
        await(() -> what, TIME, condition);
    }

    void await(Supplier<String> what, Duration time, BooleanSupplier condition) {
        try {
            context.waitForCondition(condition, new WaitForConditionOptions().setTimeout(time.toMillis()));
        } catch (TimeoutError e) {
            throw new AssertionError("Waited " + time.toSeconds() + " s in vain for " + what.get() + "; " + this, e);
        }
    }

    private void onConsoleMessage(ConsoleMessage message) {
        messages.add(message.text());
        if (message.type().equals("error")) {
            problems.add("console: " + message.text() + " (" + message.location() + ')');
        }
    }

    private void onWebError(WebError error) {
        problems.add("exception: " + error.error());
    }

    private void onRequestFailed(Request request) {
        problems.add("request: " + request.method() + ' ' + request.url() + ' ' + request.failure());
    }

    private void onWebSocket(WebSocket socket) {
        checkHost(socket.url());
        socket.onSocketError(error -> problems.add("websocket: " + socket.url() + ' ' + error));
    }

    private void checkHost(String url) {
        if (Hosts.isForeign(url)) {
            problems.add("foreign host: " + url);
        }
    }

    /** For error messages, and for the file that is kept of a test that failed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("the console:\n");
        messages.forEach(message -> text.append("  ").append(message).append('\n'));
        text.append("problems:\n");
        problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
        for (Page page : context.pages()) {
            text.append("a page at ").append(page.url()).append('\n');
        }
        return text.toString();
    }
}
