package app.realtime.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.HttpApi;
import app.realtime.contract.ServerLog;
import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console of a service in production, without Kafka: who may look at it, and for how long. */
@BrowserTest
class ConsoleAccessIT {

    private static final String SECRET = "a secret of production, longer than 32 bytes";
    private static final String KEY = "console-key-4711";

    private static LibertyServer server;

    private final TokenMint tokens = new TokenMint(SECRET);
    private final Page page;
    private final PageLog log;
    private final ConsolePage console;

    ConsoleAccessIT(Page page, PageLog log) {
        this.page = page;
        this.log = log;
        this.console = new ConsolePage(page);
    }

    @BeforeAll
    static void start() {
        server = LibertyServer.builder()
                .environment(Map.of(
                        "APP_ENV",
                        "production",
                        "KAFKA_BROKERS",
                        "",
                        "JWT_SECRET",
                        SECRET,
                        "API_KEYS",
                        KEY,
                        "ALLOWED_ORIGINS",
                        "https://app.example.com",
                        "MAX_CONNECTIONS_PER_IP",
                        "1000"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        assertThat(ServerLog.trouble(server.logText())).isEmpty();
        assertThat(server.logText()).doesNotContain(KEY, SECRET);
        assertThat(ServerLog.leaks(server.logText(), TokenMint.issued())).isZero();
    }

    @BeforeEach
    void open() {
        // The browser writes down every answer of this kind.
        log.expect("the server responded with a status of 40[13]");
        console.open(server.uri("/"));
        assertThat(console.locator("#sign-in")).isVisible();
        assertThat(console.locator("#console")).isHidden();
    }

    @Test
    void opensWithAKeyAndClosesAgain() {
        console.signIn(KEY);

        assertThat(console.locator("#console")).isVisible();
        assertThat(console.locator("#mint-choice")).isHidden();
        assertThat(console.locator("#flow-kafka")).hasText("Kafka (off here)");
        console.awaitListening();
        publish("shown");
        assertThat(console.events("shown")).hasCount(1);
        assertThat(page.content()).doesNotContain(KEY);

        console.button("Sign out").click();
        assertThat(console.locator("#sign-in")).isVisible();
        page.reload();
        assertThat(console.locator("#sign-in")).isVisible();
    }

    @Test
    void refusesAWrongKeyAndTokensOfOtherRoles() {
        console.signIn("wrong");
        assertThat(console.locator("#sign-in-answer")).containsText("not valid");
        console.signIn(tokens.user("ann"));
        assertThat(console.locator("#sign-in-answer")).containsText("role is admin");
        assertThat(console.locator("#console")).isHidden();
    }

    @Test
    void closesWhenTheTokenExpires() {
        console.signIn(tokens.of("boss", "admin", Duration.ofSeconds(6)));
        assertThat(console.locator("#console")).isVisible();

        assertThat(console.locator("#sign-in")).isVisible(visibleWithin(15_000));
        assertThat(console.locator("#sign-in-answer")).containsText("expired");
    }

    @Test
    void isAccessibleBeforeSigningIn() {
        Accessibility.assertGoodInBothSchemes(page);
    }

    private static IsVisibleOptions visibleWithin(double millis) {
        return new IsVisibleOptions().setTimeout(millis);
    }

    private static void publish(String event) {
        assertThat(new HttpApi(server.uri("/"))
                        .post("/api/broadcast/global", "{\"event\":\"" + event + "\"}", "X-API-Key", KEY)
                        .status())
                .isEqualTo(200);
    }
}
