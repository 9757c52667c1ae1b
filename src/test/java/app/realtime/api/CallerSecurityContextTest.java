package app.realtime.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.identity.Identity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class CallerSecurityContextTest {

    @Test
    void showsAVerifiedTokenAsMicroProfileDoes() {
        Identity.User user = new Identity.User(
                "user123",
                Optional.of("user@example.com"),
                Set.of("admin"),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1234567890)));
        CallerSecurityContext context = new CallerSecurityContext(new CallerAuthenticator.ByToken(user), false);

        assertThat(context.isUserInRole("admin")).isTrue();
        assertThat(context.isUserInRole("service")).isFalse();
        assertThat(context.getAuthenticationScheme()).isEqualTo("Bearer");
        assertThat(context.getUserPrincipal()).isInstanceOfSatisfying(JsonWebToken.class, token -> {
            assertThat(token.getName()).isEqualTo("user123");
            assertThat(token.getGroups()).containsExactly("admin");
            assertThat(token.getExpirationTime()).isEqualTo(1234567890L);
            assertThat(token.<String>getClaim("email")).isEqualTo("user@example.com");
            assertThat(token.getRawToken()).isNull();
        });
    }

    @Test
    void holdersOfAKeyAreServicesAndAdmins() {
        CallerSecurityContext context = new CallerSecurityContext(new CallerAuthenticator.ByKey(), true);

        assertThat(context.isUserInRole("service")).isTrue();
        assertThat(context.isUserInRole("admin")).isTrue();
        assertThat(context.isUserInRole("user")).isFalse();
        assertThat(context.getUserPrincipal()).isNull();
        assertThat(context.isSecure()).isTrue();
    }
}
