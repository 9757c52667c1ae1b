package app.realtime.browser;

import app.realtime.clients.RestartableService;
import app.realtime.run.Ports;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One browser for all tests of this JVM, and what answers it at the addresses of {@link Hosts}: a web server, and, from
 * the first test that asks, the packaged service without Kafka. Not thread-safe, as Playwright is not.
 */
final class SharedBrowser implements AutoCloseable {

    private final int servicePort = Ports.free(1)[0];
    private final WebApp webApp = new WebApp();
    private final Playwright playwright = playwright();
    private final Browser browser =
            playwright.chromium().launch(Chromium.options(Hosts.rules(servicePort, webApp.port())));
    private RestartableService service;

    Browser browser() {
        return browser;
    }

    WebApp webApp() {
        return webApp;
    }

    /** Not started before it is asked for: there are pages that do not need it. */
    RestartableService service() {
        if (service == null) {
            service = new RestartableService(servicePort, Map.of("PUBLIC_HOST_PORTS", "*:3002"));
        }
        return service;
    }

    boolean hasService() {
        return service != null;
    }

    private static Playwright playwright() {
        // It unpacks itself, 140 MB, and deletes that at its end; after a crash, `mvn clean` does.
        System.setProperty("playwright.driver.tmpdir", directory().toString());
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Where things are kept of tests that fail. */
    static Path directory() {
        try {
            return Files.createDirectories(Path.of(System.getProperty("browser.directory", "target/browser"))
                    .toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        playwright.close();
        webApp.close();
        if (service != null) {
            service.close();
        }
    }
}
