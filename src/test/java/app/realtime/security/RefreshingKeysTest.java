package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.identity.TokenRefusedException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshingKeysTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Logger LOG = Logger.getLogger(RefreshingKeys.class.getName());

    private static final KeyPair FIRST = Tokens.rsa(2048);
    private static final KeyPair SECOND = Tokens.rsa(2048);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private volatile Optional<String> content = Optional.empty();
    private HttpServer server;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            requests.incrementAndGet();
            Optional<String> answer = content;
            byte[] body = answer.orElse("down").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 503, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        server.stop(0);
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void startsWithoutTheServerAndPicksItUp() {
        try (JwtVerifier verifier = verifier(new RefreshPolicy(LONG, SHORT, LONG))) {
            assertThat(message(verifier, token(FIRST, "one")))
                    .isEqualTo("Token cannot be checked yet: its keys are not available");

            content = Optional.of(Tokens.jwks(Tokens.jwk(FIRST.getPublic(), "one", "")));

            await().until(() -> accepts(verifier, token(FIRST, "one")));
        }
    }

    @Test
    void fetchesSoonWhenAKeyIsNotKnown() {
        content = Optional.of(Tokens.jwks(Tokens.jwk(FIRST.getPublic(), "one", "")));
        try (JwtVerifier verifier = verifier(new RefreshPolicy(LONG, LONG, Duration.ZERO))) {
            await().until(() -> accepts(verifier, token(FIRST, "one")));
            content = Optional.of(Tokens.jwks(Tokens.jwk(SECOND.getPublic(), "two", "")));

            await().until(() -> accepts(verifier, token(SECOND, "two")));

            assertThat(accepts(verifier, token(FIRST, "one"))).isFalse();
        }
    }

    @Test
    void doesNotLetUnknownKeysCauseManyFetches() {
        content = Optional.of(Tokens.jwks(Tokens.jwk(FIRST.getPublic(), "one", "")));
        try (JwtVerifier verifier = verifier(new RefreshPolicy(LONG, LONG, LONG))) {
            await().until(() -> accepts(verifier, token(FIRST, "one")));

            for (int i = 0; i < 50; i++) {
                assertThat(accepts(verifier, token(SECOND, "two" + i))).isFalse();
            }
            // The scheduler has one thread: once this task has run, so has any fetch before it.
            await().until(scheduler.submit(() -> {})::isDone);

            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void keepsTheKeysWhileTheServerIsDownAndSaysSoOnce() {
        content = Optional.of(Tokens.jwks(Tokens.jwk(FIRST.getPublic(), "one", "")));
        try (JwtVerifier verifier = verifier(new RefreshPolicy(SHORT, SHORT, LONG))) {
            await().until(() -> accepts(verifier, token(FIRST, "one")));
            content = Optional.empty();
            int before = requests.get();
            await().until(() -> requests.get() > before + 5);

            assertThat(accepts(verifier, token(FIRST, "one"))).isTrue();
            assertThat(logged).hasSize(1);
            assertThat(logged.get(0)).contains("HTTP 503", "stay in use");

            content = Optional.of("<html>");
            int sick = requests.get();
            await().until(() -> requests.get() > sick + 5);
            assertThat(accepts(verifier, token(FIRST, "one"))).isTrue();

            content = Optional.of(Tokens.jwks(Tokens.jwk(SECOND.getPublic(), "two", "")));
            await().until(() -> accepts(verifier, token(SECOND, "two")));
            await().until(() -> logged.size() == 2);
            assertThat(logged.get(1)).contains("read again");
        }
    }

    @Test
    void neverFetchesOnTheCallersThread() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        scheduler.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        content = Optional.of(Tokens.jwks(Tokens.jwk(FIRST.getPublic(), "one", "")));
        try (JwtVerifier verifier = verifier(new RefreshPolicy(LONG, LONG, Duration.ZERO))) {
            assertThat(accepts(verifier, token(FIRST, "one"))).isFalse();
            assertThat(requests).hasValue(0);
            busy.countDown();
            await().until(() -> accepts(verifier, token(FIRST, "one")));
        }
    }

    @Test
    void readsAFileAtOnceAndAgainLater() throws Exception {
        Path file = Files.writeString(directory.resolve("keys.pem"), Tokens.pem(FIRST.getPublic()));
        RefreshingKeys keys = new RefreshingKeys(
                new KeyLocation.File(file), new RefreshPolicy(SHORT, SHORT, LONG), InstantSource.system(), scheduler);
        keys.start();
        assertThat(keys.current()).map(PublicKeys::size).contains(1);

        Files.writeString(file, Tokens.pem(FIRST.getPublic()) + Tokens.pem(SECOND.getPublic()));

        await().until(() -> keys.current().map(PublicKeys::size).equals(Optional.of(2)));
        keys.close();
    }

    @Test
    void stopsWhenClosed() {
        JwtVerifier verifier = verifier(new RefreshPolicy(SHORT, SHORT, LONG));
        await().until(() -> requests.get() > 2);

        verifier.close();
        await().until(scheduler.submit(() -> {})::isDone);
        int after = requests.get();

        await().during(Duration.ofMillis(100)).until(() -> requests.get() == after);
    }

    private JwtVerifier verifier(RefreshPolicy policy) {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/keys?key=hidden");
        return new JwtVerifier(
                new TokenSettings(
                        Optional.empty(), Optional.of(new KeyLocation.Url(uri)), Optional.empty(), Optional.empty()),
                Clock.systemUTC(),
                scheduler,
                policy);
    }

    private static String token(KeyPair keys, String keyId) {
        return Tokens.sign("RS256", keys.getPrivate(), Optional.of(keyId), "{\"sub\":\"a\"}");
    }

    private static boolean accepts(JwtVerifier verifier, String token) {
        return message(verifier, token).isEmpty();
    }

    private static String message(JwtVerifier verifier, String token) {
        try {
            verifier.verify(token);
            return "";
        } catch (TokenRefusedException e) {
            return e.getMessage();
        }
    }
}
