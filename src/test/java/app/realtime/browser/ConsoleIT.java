package app.realtime.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.browser.Screenshots.Viewport;
import app.realtime.clients.RestartableService;
import app.realtime.contract.ServerLog;
import app.realtime.contract.TokenMint;
import app.realtime.run.KafkaBroker;
import app.realtime.run.LibertyServer;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsAttachedOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console of a service in development, with a broker: what a newcomer sees and does. */
@BrowserTest
class ConsoleIT {

    private static KafkaBroker broker;
    private static LibertyServer server;

    private final Page page;
    private final PageLog log;
    private final ConsolePage console;

    ConsoleIT(Page page, PageLog log) {
        this.page = page;
        this.log = log;
        this.console = new ConsolePage(page);
    }

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        broker.createTopics(
                List.of("survey.responses", "survey.analytics", "surveyor.locations", "system.notifications"), 1);
        server = LibertyServer.builder()
                .environment(Map.of(
                        "KAFKA_BROKERS",
                        broker.bootstrapServers(),
                        "JWT_SECRET",
                        TokenMint.DEFAULT_SECRET,
                        "MAX_CONNECTIONS_PER_IP",
                        "1000"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        broker.close();
        assertThat(ServerLog.trouble(server.logText())).isEmpty();
    }

    @BeforeEach
    void open() {
        console.open(server.uri("/"));
        assertThat(console.health()).hasText("healthy");
        assertThat(console.locator("#flow-kafka")).hasText("Kafka (connected)");
        console.awaitListening();
    }

    @Test
    void showsAnEventFromItsRecordToTheClientThatHearsIt() {
        console.connect().join("survey:demo").choose("response").send("Produced to survey.responses");

        assertThat(console.events("survey:demo").filter(hasText("response.new")).first())
                .containsText("kafka");
        assertThat(console.events("client").filter(hasText("response.new")).first())
                .containsText("\"surveyId\":\"demo\"");
        assertThat(console.locator("#chart-connections b")).hasText("1");
        assertThat(console.locator("#room-list")).containsText("survey:demo");
        assertThat(console.locator("#chart-events .line").first()).isVisible();
    }

    @ParameterizedTest
    @CsvSource({
        "room, hello, http",
        "user, hello, http",
        "response, response.new, kafka",
        "analytics, analytics.update, kafka",
        "location, surveyor.location, kafka",
        "notification, notification, kafka",
    })
    void sendsASampleOfEachKind(String kind, String event, String source) {
        console.choose(kind).send(source.equals("kafka") ? "Produced to" : "Sent;");

        assertThat(console.events(event).first()).containsText(source);
    }

    @Test
    void showsWhatBecomesOfARecordThatIsNoJson() {
        console.choose("broken").send("Produced to survey.responses");

        assertThat(console.locator("#partitions tr").filter(hasText("survey.responses")))
                .hasText(Pattern.compile("survey\\.responses\\s*0\\s*\\d+\\s*[1-9]\\d*\\s*0"));
    }

    @Test
    void saysWhatIsWrongWithABody() {
        log.expect("the server responded with a status of 400");
        console.choose("room").body("{").send("The body is no JSON");
        console.body("{\"room\":\"nowhere\"}").send("Invalid body: ");
    }

    @Test
    void playsADemonstrationInWhichSurveyorsMove() {
        console.button("Play a demo").click();

        assertThat(console.locator("#map circle")).hasCount(3);
        assertThat(console.locator("#surveyors")).containsText("surveyor-1");
        String before = console.locator("#map circle")
                .first()
                .evaluate("circle => circle.parentNode.getAttribute('transform')")
                .toString();
        log.await(
                "a surveyor that moves",
                () -> !before.equals(console.locator("#map g g").first().getAttribute("transform")));
        assertThat(console.events("notification").first()).isVisible();
        console.button("Stop the demo").click();
        assertThat(console.locator("#demo-answer")).hasText("Stopped.");
    }

    @Test
    void filtersAndPausesTheEvents() {
        console.choose("room").send("Sent;").choose("response").send("Produced");
        assertThat(console.events("response.new").first()).isVisible();

        console.locator("#filter").fill("response.new survey:demo");
        assertThat(console.events("hello")).hasCount(0);
        assertThat(console.events("response.new").first()).isVisible();
        console.locator("#filter").fill("");

        console.button("Clear").click();
        console.button("Pause").click();
        console.send("Produced");
        assertThat(console.locator("#feed-state")).containsText("1 held back");
        assertThat(console.events()).hasCount(0);
        console.button("Go on").click();
        assertThat(console.events()).hasCount(1);
    }

    @Test
    void connectsAnonymouslyToTheRoomOfEverybodyAlone() {
        console.labelled("Anonymous: hears what is for everybody").check();
        console.connect();
        assertThat(console.state()).containsText("anonymously");

        console.button("Join").click();
        assertThat(console.locator("#join-answer")).hasText("survey:demo: Permission denied to join room");
        console.button("Disconnect").click();
        assertThat(console.state()).hasText("Disconnected.");
    }

    @Test
    void saysWhyATokenIsRefused() {
        console.labelled("With a token").check();
        console.labelled("Token; it stays in this page").fill("no.good.token");
        console.button("Connect").click();

        assertThat(console.state()).containsText("Refused: ");
    }

    @Test
    void runsNothingThatAnEventHolds() {
        page.onDialog(dialog -> {
            throw new AssertionError("a script ran: " + dialog.message());
        });
        String markup = "<img src=x onerror=alert(1)>";
        console.connect()
                .choose("room")
                .body("{\"room\":\"global\",\"event\":\"" + markup + "\",\"data\":{\"message\":\"" + markup + "\"}}")
                .send("Sent;");

        assertThat(console.events(markup)).hasCount(2);
        assertThat(console.locator("#feed img")).hasCount(0);
    }

    @Test
    void comesBackWithTheServiceThatItShows(RestartableService service, ServiceApi api) {
        console.open(URI.create(Hosts.SERVICE));
        assertThat(console.health()).hasText("healthy");
        service.stop();
        assertThat(console.health()).hasText("does not answer");
        service.startAgain();
        assertThat(console.health()).hasText("healthy");
        // What the browser writes down of a service that is away.
        log.takeProblems();

        log.await("an event", () -> {
            api.broadcast("global", "{\"event\":\"back\"}");
            return console.events("back").count() > 0;
        });
    }

    @Test
    void showsTheConfigurationWithoutItsSecrets() {
        assertThat(console.locator("#settings tr").filter(hasText("JWT_SECRET")))
                .containsText("••••••••");
        assertThat(console.locator("#settings tr").filter(hasText("MAX_CONNECTIONS_PER_IP")))
                .containsText("1000");
        assertThat(page.content()).doesNotContain(TokenMint.DEFAULT_SECRET);
    }

    @Test
    void isAccessibleAndPresentable() {
        console.connect().join("survey:demo").button("Play a demo").click();
        assertThat(console.locator("#map circle")).hasCount(3);
        assertThat(console.events("notification").first()).isVisible();
        console.events().nth(1).locator("summary").click();
        Accessibility.assertGoodInBothSchemes(page);

        assertThat(console.events().nth(40)).isAttached(longer());
        console.button("Stop the demo").click();
        console.events().nth(1).locator("summary").click();
        Screenshots.take(page, "console", ColorScheme.LIGHT, Viewport.DESKTOP);
        Screenshots.take(page, "console", ColorScheme.DARK, Viewport.DESKTOP);
        Screenshots.take(page, "console", ColorScheme.LIGHT, Viewport.PHONE);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing to scroll sideways on a phone")
                .isEqualTo(true);
    }

    private static IsAttachedOptions longer() {
        return new IsAttachedOptions().setTimeout(60_000);
    }

    private static FilterOptions hasText(String text) {
        return new FilterOptions().setHasText(text);
    }
}
