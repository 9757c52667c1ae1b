package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.api.TokenIssuer;
import app.realtime.identity.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevelopmentTokensTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void makesTokensThatTheServiceBelieves() throws Exception {
        TokenSettings settings = new TokenSettings(
                Optional.of(SharedSecret.of("short")),
                Optional.empty(),
                Optional.of("issuer"),
                Optional.of("realtime"));
        TokenIssuer.Request request =
                new TokenIssuer.Request("ann", "admin", Optional.of(List.of("survey:*")), Duration.ofMinutes(5));

        String token = new DevelopmentTokens(settings, CLOCK).issue(request).orElseThrow();

        try (JwtVerifier verifier = new JwtVerifier(settings, CLOCK, scheduler)) {
            assertThat(verifier.verify(token))
                    .isEqualTo(new Identity.User(
                            "ann",
                            Optional.empty(),
                            Set.of("admin"),
                            Optional.of(List.of("survey:*")),
                            Optional.of(NOW.plusSeconds(300))));
        }
    }

    @Test
    void makesNoneWithoutASecret() {
        TokenSettings settings =
                new TokenSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        TokenIssuer.Request request = new TokenIssuer.Request("ann", "user", Optional.empty(), Duration.ofMinutes(5));

        assertThat(new DevelopmentTokens(settings, CLOCK).issue(request)).isEmpty();
    }
}
