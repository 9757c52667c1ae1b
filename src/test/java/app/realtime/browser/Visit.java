package app.realtime.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one test sees of the browser: a context with nothing of any other test in it. Not thread-safe. */
final class Visit implements AutoCloseable {

    private final BrowserContext context;
    private final PageLog log;
    private final Page page;

    Visit(Browser browser) {
        context = browser.newContext();
        log = new PageLog(context);
        page = context.newPage();
    }

    BrowserContext context() {
        return context;
    }

    PageLog log() {
        return log;
    }

    Page page() {
        return page;
    }

    /** Writes down what somebody would want to see of a test that has failed. */
    void keep(String test) {
        try {
            Path directory = Files.createDirectories(SharedBrowser.directory().resolve(test));
            Files.writeString(directory.resolve("console.log"), log.toString());
            int number = 0;
            for (Page open : context.pages()) {
                number++;
                Screenshots.save(open, directory.resolve("page-" + number + ".png"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not keep what is known of " + test, e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
