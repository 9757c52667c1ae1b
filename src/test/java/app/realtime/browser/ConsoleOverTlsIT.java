package app.realtime.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.ServerLog;
import app.realtime.run.LibertyServer;
import app.realtime.tls.TestCertificates;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a service that speaks TLS itself: its policy lets it connect, and so do the service's origins. */
@BrowserTest
class ConsoleOverTlsIT {

    private final BrowserContext any;

    ConsoleOverTlsIT(BrowserContext any) {
        this.any = any;
    }

    @Test
    void connectsByWss(@TempDir Path directory) throws Exception {
        new TestCertificates(directory).make("console", "EC").writeTo(directory);
        LibertyServer server = LibertyServer.builder()
                .environment(Map.of(
                        "TLS_CERT_FILE",
                        directory.resolve("tls.crt").toString(),
                        "TLS_KEY_FILE",
                        directory.resolve("tls.key").toString(),
                        "KAFKA_BROKERS",
                        "",
                        "ALLOWED_ORIGINS",
                        "https://app.example.com"))
                .start();
        try (server;
                BrowserContext context = any.browser().newContext(new NewContextOptions().setIgnoreHTTPSErrors(true))) {
            PageLog log = new PageLog(context);
            Page page = context.newPage();
            List<String> webSockets = new CopyOnWriteArrayList<>();
            page.onWebSocket((WebSocket socket) -> webSockets.add(socket.url()));
            ConsolePage console = new ConsolePage(page).open(server.uri("/")).connect();
            console.join("global");
            console.choose("room").send("Sent;");
            assertThat(console.events().first()).isVisible();
            assertThat(log.problems()).isEmpty();
            assertThat(webSockets).isNotEmpty().allMatch(url -> url.startsWith("wss://localhost:" + server.port()));
        }
        assertThat(ServerLog.trouble(server.logText())).isEmpty();
    }
}
